import fc from 'fast-check';
import { marked } from './canary.js';
import type { RosterPerson } from './roster-source.js';

/** Whom a change is about: a place in the list as it is then. */
const who = fc.nat(30);

const kinds = {
  ordinary: ['hire', 'hire', 'remove', 'return', 'rename', 'rename', 'terminate', 'comeBack', 'comeBack', 'leaveScope'],
  keys: ['passEmail', 'swapEmails', 'takeEmail', 'takeNumber', 'newId'],
  rows: ['repeatEqual', 'repeatDifferent', 'repeatInactive', 'endTomorrow'],
  faults: ['loseEmail', 'loseName', 'loseId', 'badDate', 'breakExpression', 'restrict'],
} as const;
type ChangeKind = (typeof kinds)[keyof typeof kinds][number];

const change: fc.Arbitrary<ChangeKind> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...kinds.ordinary) },
  { weight: 3, arbitrary: fc.constantFrom(...kinds.keys) },
  { weight: 1, arbitrary: fc.constantFrom(...kinds.rows) },
  { weight: 1, arbitrary: fc.constantFrom(...kinds.faults) },
);
const changes = fc.array(fc.record({ what: change, one: who, other: who }), {
  minLength: 2,
  maxLength: 8,
  size: 'max',
});

/**
 * A small company and what happens in it between syncs, with the setting of a test. Steps end within the seven days after
 * which a leaver is anonymised, which is no sync's doing.
 */
export const randomHistory = fc.record({
  people: fc.integer({ min: 1, max: 16 }),
  steps: fc.array(fc.record({ changes, days: fc.constantFrom(0, 1, 2) }), { minLength: 2, maxLength: 3 }),
  areSafeguardsLoose: fc.boolean(),
  arePagesSmall: fc.constantFrom(true, true, false),
  order: fc.nat(),
});

const day = 86_400_000;
const dateOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** A company whose people come and go; each change leaves the list before it alone. */
export class RandomCompany {
  private hired = 0;
  private removed: RosterPerson[] = [];
  people: RosterPerson[] = [];

  constructor(
    count: number,
    private readonly pad: string,
  ) {
    for (let at = 0; at < count; at += 1) this.people.push(this.newcomer());
  }

  apply(list: readonly { what: ChangeKind; one: number; other: number }[], nowMs: number): void {
    for (const { what, one, other } of list) this.change(what, one, other, nowMs);
  }

  private change(what: ChangeKind, one: number, other: number, nowMs: number): void {
    const at = this.people.length === 0 ? 0 : one % this.people.length;
    const person = this.people[at];
    const second = this.people[this.people.length === 0 ? 0 : other % this.people.length];
    if (what === 'hire' || person === undefined || second === undefined) {
      this.people = [...this.people, this.newcomer()];
      return;
    }
    const set = (next: Partial<RosterPerson>): void => {
      this.people = this.people.map((each) => (each === person ? { ...person, ...next } : each));
    };
    switch (what) {
      case 'remove':
        this.people = this.people.filter((each) => each !== person);
        this.removed = [...this.removed, person];
        return;
      case 'rename':
        set({ name: `${person.name ?? ''} ${String(other)}` });
        return;
      case 'terminate':
        set({ active: false });
        return;
      case 'return':
        this.people = [...this.people, ...this.removed.slice(-1)];
        this.removed = this.removed.slice(0, -1);
        return;
      case 'comeBack': {
        const away = this.people.filter((each) => each.active === false || each.scope === 'out');
        const back = away[one % Math.max(1, away.length)];
        this.people = this.people.map((each) => (each === back ? { ...each, active: true, scope: 'in' } : each));
        return;
      }
      case 'endTomorrow':
        set({ end: dateOf(nowMs + day) });
        return;
      case 'leaveScope':
        set({ scope: 'out' });
        return;
      case 'passEmail':
        set({ active: false });
        this.people = [...this.people, { ...this.newcomer(), mail: person.mail ?? null }];
        return;
      case 'swapEmails':
        this.people = this.people.map((each) =>
          each === person
            ? { ...each, mail: second.mail ?? null }
            : each === second
              ? { ...each, mail: person.mail ?? null }
              : each,
        );
        return;
      case 'takeEmail':
        set({ mail: second.mail ?? null });
        return;
      case 'takeNumber':
        set({ num: second.num ?? null });
        return;
      case 'newId':
        set({ id: `new-${String(person.id)}` });
        return;
      case 'repeatEqual':
        this.insert(other, { ...person });
        return;
      case 'repeatDifferent':
        this.insert(other, { ...person, title: marked('Another title') });
        return;
      case 'repeatInactive':
        this.insert(other, { ...person, title: marked('Old post'), active: false });
        return;
      case 'loseEmail':
        set({ mail: null });
        return;
      case 'loseName':
        set({ name: null });
        return;
      case 'loseId':
        set({ id: null });
        return;
      case 'badDate':
        set({ hired: '2019-13-45' });
        return;
      case 'breakExpression':
        set({ tags: 7 });
        return;
      case 'restrict':
        set({ access: person.access === 'R' ? 'N' : 'R' });
    }
  }

  private insert(place: number, person: RosterPerson): void {
    const at = place % (this.people.length + 1);
    this.people = [...this.people.slice(0, at), person, ...this.people.slice(at)];
  }

  private newcomer(): RosterPerson {
    const number = (this.hired += 1);
    return {
      id: marked(`w${String(number)}`),
      name: marked(`Person ${String(number)}`),
      mail: marked(`person${String(number)}@roster.example`),
      ...(number % 4 === 0 ? {} : { num: marked(`N${String(number)}`) }),
      title: marked('Clerk'),
      active: true,
      boss: marked(`w${String(Math.ceil(number / 3))}`),
      tags: ['a', 'b'].map(marked).slice(number % 2),
      pad: this.pad,
    };
  }
}
