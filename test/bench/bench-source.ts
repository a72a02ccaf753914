import { BuiltProgram } from '../support/child-process.js';

/** A company to be synced, simulated in a process of its own: always the same people. */
export interface BenchSource {
  config: Record<string, string>;
  secrets: Record<string, string>;
  stop(): Promise<void>;
}

export async function startBenchSource(people: number): Promise<BenchSource> {
  const simulator = await BuiltProgram.start('connectors/acme-hr/simulator/src/main.js', {
    args: ['--port', '0', '--people', String(people), '--seed', '7'],
    listening: /"listening":"([^"]+)"/,
  });
  return {
    config: { baseUrl: simulator.url, clientId: 'muster' },
    secrets: { clientSecret: 'acme-client-secret', signingKey: 'acme-signing-key' },
    stop: async () => simulator.stop(),
  };
}
