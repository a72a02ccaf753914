import type { AcmeSimulator } from '../../connectors/acme-hr/simulator/src/index.js';
import type { SeededRandom } from '../chaos/seeded-random.js';

/** How many of each happen. */
export interface Transfers {
  terminatedToJoiner: number;
  vanishedToJoiner: number;
  swaps: number;
  circles: number;
}

/** Lets e-mail addresses change hands in a company of `people`; nobody takes part twice. */
export function passEmails(source: AcmeSimulator, people: number, random: SeededRandom, transfers: Transfers): void {
  const taken = new Set<string>();
  const take = (count: number): string[] => {
    const chosen: string[] = [];
    while (chosen.length < count) {
      const id = `W${String(random.whole(2, people)).padStart(7, '0')}`;
      if (taken.has(id) || !isEmployed(source, id)) continue;
      taken.add(id);
      chosen.push(id);
    }
    return chosen;
  };
  for (const leaver of take(transfers.terminatedToJoiner)) source.passEmail(leaver);
  for (const leaver of take(transfers.vanishedToJoiner)) passEmailOfVanished(source, leaver);
  for (let swap = 0; swap < transfers.swaps; swap += 1) source.swapEmails(take(2));
  for (let circle = 0; circle < transfers.circles; circle += 1) source.circleEmails(take(3));
}

/** Somebody is gone from the list, and somebody new has their address. */
export function passEmailOfVanished(
  source: AcmeSimulator,
  leaver: string,
): { leaver: string; joiner: string; email: string | null } {
  const { workEmail: email } = source.worker(leaver)['contact'] as { workEmail: string | null };
  source.remove([leaver]);
  const [joiner = ''] = source.hire(1);
  source.patch(joiner, { contact: { workEmail: email } });
  return { leaver, joiner, email };
}

function isEmployed(source: AcmeSimulator, id: string): boolean {
  try {
    return (source.worker(id)['employment'] as { status: string }).status !== 'T';
  } catch {
    return false;
  }
}
