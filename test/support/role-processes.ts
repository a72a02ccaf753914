import type { RoleName } from '#core';
import { CanaryWatch } from './canary-watch.js';
import { BuiltProgram } from './child-process.js';
import { MusterApi } from './muster-api.js';

/** As the start scripts have them. */
export const roleNodeArgs = [
  '--enable-source-maps',
  '--max-semi-space-size=8',
  '--disable-warning=TimeoutNegativeWarning',
];

/** A Muster of four roles, each in processes of its own, from the built tree. */
export class RoleProcesses {
  private constructor(
    private readonly programs: Record<RoleName, BuiltProgram[]>,
    /** Where the API is. */
    readonly url: string,
    private readonly watch: CanaryWatch,
  ) {}

  /** Starts one process a role, or as many mappers as wanted; resolves when all are ready. */
  static async start(env: Record<string, string>, { mappers = 1 } = {}): Promise<RoleProcesses> {
    const watch = new CanaryWatch();
    const [reporter, fetcher, reconciler, ...mapper] = await Promise.all([
      startRole('reporter', env, watch),
      startRole('fetcher', env, watch),
      startRole('reconciler', env, watch),
      ...Array.from({ length: mappers }, () => startRole('mapper', env, watch)),
    ]);
    return new RoleProcesses(
      { reporter: [reporter], fetcher: [fetcher], reconciler: [reconciler], mapper },
      reporter.url,
      watch,
    );
  }

  api(key: string): MusterApi {
    return new MusterApi(this.url, key, this.watch);
  }

  of(role: RoleName): readonly BuiltProgram[] {
    return this.programs[role];
  }

  /** Highest resident memory so far of each role, in MiB (of several mappers: the largest). Empty where the system does not tell. */
  peakRssMiB(): Partial<Record<RoleName, number>> {
    const peaks: Partial<Record<RoleName, number>> = {};
    for (const [role, programs] of Object.entries(this.programs) as [RoleName, BuiltProgram[]][]) {
      const known = programs.map((program) => program.peakRssMiB()).filter((peak) => peak !== null);
      if (known.length > 0) peaks[role] = Math.max(...known);
    }
    return peaks;
  }

  /** @throws Error when something of a person was seen in their logs, their metrics or their errors */
  async stop(): Promise<void> {
    const programs = Object.values(this.programs).flat();
    try {
      for (const { url } of programs.filter(({ hasEnded }) => !hasEnded)) {
        const response = await fetch(`${url}/metrics`);
        this.watch.exposition(await response.text());
      }
    } finally {
      await Promise.all(programs.map((program) => program.stop()));
    }
    this.watch.verify();
  }
}

/** `watch` is shown what it writes. */
export async function startRole(
  role: RoleName,
  env: Record<string, string>,
  watch?: CanaryWatch,
): Promise<BuiltProgram> {
  return BuiltProgram.start(`apps/${role}/src/main.js`, {
    env: { MUSTER_PORT: '0', MUSTER_LOG_LEVEL: 'warn', ...env },
    nodeArgs: roleNodeArgs,
    listening: /(http:\/\/[0-9.:]+)/,
    onLine: (line) => watch?.line(line),
  });
}
