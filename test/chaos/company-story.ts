import type { AcmeSimulator } from '../../connectors/acme-hr/simulator/src/index.js';
import { marked } from '../support/canary.js';
import type { SeededRandom } from './seeded-random.js';

/** What happens in a company between two syncs; `people` is its size at the start. */
interface Chapter {
  name: string;
  happen(source: AcmeSimulator, people: number, random: SeededRandom): void;
}

/**
 * A company's years in a few syncs: everyone is new; everything changes at once; nothing does; the source sends what no
 * source should, which makes it incomplete; all is again as it was at the start, so that leavers return and hires vanish;
 * so many vanish that they are held until a person approves.
 */
export const companyStory: readonly Chapter[] = [
  { name: 'first sync', happen: () => undefined },
  { name: 'many changes', happen: manyChanges },
  { name: 'nothing new', happen: () => undefined },
  {
    name: 'odd records',
    happen: (source, people, random) => {
      const chosen = new Chosen(source, people, random);
      keysPass(source, chosen);
      addOddRecords(source, chosen);
      source.hire(Math.ceil(people / 50));
    },
  },
  { name: 'all as at the start', happen: (source) => source.restore() },
  {
    name: 'too many leave',
    happen: (source, people, random) => {
      const chosen = new Chosen(source, people, random);
      keysPass(source, chosen);
      source.remove(chosen.take(Math.ceil(people / 7)));
    },
  },
];

/** Employees with an address, each chosen once. */
class Chosen {
  private readonly taken = new Set<string>();

  constructor(
    private readonly source: AcmeSimulator,
    private readonly people: number,
    private readonly random: SeededRandom,
  ) {}

  take(count: number): string[] {
    const ids: string[] = [];
    for (let tries = 0; ids.length < count && tries < count * 100; tries += 1) {
      const id = `W${String(this.random.whole(1, this.people)).padStart(7, '0')}`;
      if (this.taken.has(id) || !this.isEmployed(id)) continue;
      this.taken.add(id);
      ids.push(id);
    }
    return ids;
  }

  private isEmployed(id: string): boolean {
    try {
      const { employment, contact } = this.source.worker(id) as {
        employment?: { status?: string; orgUnit?: { code?: unknown } | null } | null;
        contact?: { workEmail?: unknown } | null;
      };
      return (
        (employment?.status === 'A' || employment?.status === 'L') &&
        typeof employment.orgUnit?.code === 'string' &&
        typeof contact?.workEmail === 'string'
      );
    } catch {
      return false;
    }
  }
}

function manyChanges(source: AcmeSimulator, people: number, random: SeededRandom): void {
  const some = (share: number): number => Math.max(1, Math.round(people * share));
  const chosen = new Chosen(source, people, random);
  source.move(chosen.take(some(0.5)));
  source.rename(chosen.take(some(0.1)), marked(`Neu-${String(random.whole(1, 99_999))}`));
  source.changeEmail(chosen.take(some(0.02)));
  source.terminate(chosen.take(some(0.01)));
  source.remove(chosen.take(some(0.01)));
  source.hire(some(0.03));
  keysPass(source, chosen);
  const [nameless = '', addressless = ''] = chosen.take(2);
  source.patch(nameless, { legalName: { given: null, family: null, display: null } });
  source.patch(addressless, { contact: { workEmail: null } });
}

/** Addresses go from leavers to joiners, between two, around three; one is wanted by two. */
function keysPass(source: AcmeSimulator, chosen: Chosen): void {
  for (const leaver of chosen.take(5)) source.passEmail(leaver);
  for (let pairs = 0; pairs < 5; pairs += 1) source.swapEmails(chosen.take(2));
  for (let circles = 0; circles < 3; circles += 1) source.circleEmails(chosen.take(3));
  const [holder = ''] = chosen.take(1);
  const [claimant = ''] = source.hire(1);
  const { contact } = source.worker(holder) as { contact: { workEmail: string } };
  source.patch(claimant, { contact: { workEmail: contact.workEmail } });
}

/** The same person twice, equal and different; records without id or sense. */
function addOddRecords(source: AcmeSimulator, chosen: Chosen): void {
  for (const id of chosen.take(2)) source.addRaw(source.worker(id));
  for (const id of chosen.take(2)) {
    source.addRaw({ ...source.worker(id), legalName: { given: 'Other', family: 'Name', display: 'Other Name' } });
  }
  const [idless = ''] = chosen.take(1);
  source.addRaw({ ...source.worker(idless), workerId: null });
  source.addRaw('{"workerId": "W9999999", "legalName": nonsense}');
}
