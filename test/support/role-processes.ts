import type { RoleName } from '#core';
import { BuiltProgram } from './child-process.js';

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
  ) {}

  /** Starts one process a role, or as many mappers as wanted; resolves when all are ready. */
  static async start(env: Record<string, string>, { mappers = 1 } = {}): Promise<RoleProcesses> {
    const [reporter, fetcher, reconciler, ...mapper] = await Promise.all([
      startRole('reporter', env),
      startRole('fetcher', env),
      startRole('reconciler', env),
      ...Array.from({ length: mappers }, () => startRole('mapper', env)),
    ]);
    return new RoleProcesses(
      { reporter: [reporter], fetcher: [fetcher], reconciler: [reconciler], mapper },
      reporter.url,
    );
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

  async stop(): Promise<void> {
    await Promise.all(Object.values(this.programs).flatMap((programs) => programs.map((program) => program.stop())));
  }
}

export async function startRole(role: RoleName, env: Record<string, string>): Promise<BuiltProgram> {
  return BuiltProgram.start(`apps/${role}/src/main.js`, {
    env: { MUSTER_PORT: '0', MUSTER_LOG_LEVEL: 'warn', ...env },
    nodeArgs: roleNodeArgs,
    listening: /(http:\/\/[0-9.:]+)/,
  });
}
