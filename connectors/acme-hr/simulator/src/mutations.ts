import type { Company } from './company.js';
import type { WorkerDocument } from './company.js';
import { isoDay } from './iso-day.js';
import { mergePatch } from './merge-patch.js';
import { departmentAt } from './org-table.js';

/** Who a change is about: these, or the last `count` employees of the list (people near its end have no reports). */
export type Who = readonly string[] | number;

interface Contact {
  workEmail: string | null;
}

/** What happens in a company. Each gives the ids it touched, in order. */
export class Mutations {
  private hires = 0;

  constructor(private readonly company: Company) {}

  /** New people at the end of the list, with ids, names and addresses never used before. */
  hire(count = 1): string[] {
    return Array.from({ length: count }, () =>
      this.company.appendGenerated((document) => {
        (document['employment'] as WorkerDocument)['startDate'] = isoDay(
          this.company.shape.asOf,
          1 + (this.hires++ % 5),
        );
      }),
    );
  }

  /** Sets status T and an end date; they stay in the list with everything they had. */
  terminate(who: Who = 1, date = this.company.shape.asOf): string[] {
    return this.change(who, (document) => {
      Object.assign(document['employment'] as WorkerDocument, { status: 'T', endDate: date });
    });
  }

  /** Takes people out of the list altogether. */
  remove(who: Who = 1): string[] {
    const ids = this.choose(who);
    ids.forEach((id) => this.company.remove(id));
    return ids;
  }

  /** A new family name; given name and e-mail address stay. */
  rename(who: Who = 1, family = `Neumann-Ødegård${this.company.shape.mark}`): string[] {
    return this.change(who, (document) => {
      const name = document['legalName'] as { given: string | null; family: string | null; display: string | null };
      Object.assign(name, { family, display: `${name.given ?? ''} ${family}`.trim() });
    });
  }

  /** Another department, cost centre and desk. */
  move(who: Who = 1): string[] {
    return this.change(who, (document) => {
      const employment = document['employment'] as { orgUnit: { code: string }; costCentre: string };
      const { code, name, costCentre } = departmentAt(Number(employment.orgUnit.code.slice(3)) + 37);
      const { mark } = this.company.shape;
      Object.assign(employment, { orgUnit: { code, name: name + mark }, costCentre: `CC-${costCentre}${mark}` });
    });
  }

  /** An address that nobody ever had. */
  changeEmail(who: Who = 1): string[] {
    return this.change(who, (document) => {
      this.contactOf(document).workEmail =
        `${String(document['workerId']).toLowerCase()}.new${this.company.shape.mark}@acme.example`;
    });
  }

  /** Somebody leaves (their record keeps the address), and somebody hired the same day gets that address. */
  passEmail(leaverId?: string): { leaver: string; joiner: string; email: string | null } {
    const [leaver = ''] = this.terminate(leaverId === undefined ? 1 : [leaverId]);
    const email = this.contactOf(this.company.document(leaver)).workEmail;
    const [joiner = ''] = this.hire(1);
    this.change([joiner], (document) => {
      this.contactOf(document).workEmail = email;
    });
    return { leaver, joiner, email };
  }

  swapEmails(pair: Who = 2): string[] {
    return this.rotate(pair, 2);
  }

  /** Each of three gets the next one's address. */
  circleEmails(three: Who = 3): string[] {
    return this.rotate(three, 3);
  }

  /** JSON Merge Patch (RFC 7396) on one worker's document. */
  patch(id: string, patch: unknown): WorkerDocument {
    const changed = mergePatch(this.company.document(id), patch) as WorkerDocument;
    this.company.write(id, changed);
    return changed;
  }

  /** Adds a record as it is, anything from a second record of the same person to no worker at all. */
  addRaw(record: unknown, knownAs?: string): void {
    const text = typeof record === 'string' ? record : JSON.stringify(record);
    const own = typeof record === 'object' && record !== null ? (record as WorkerDocument)['workerId'] : null;
    const id = knownAs ?? own;
    this.company.append(text, typeof id === 'string' && this.company.find(id) === null ? id : null);
  }

  restore(ids?: readonly string[]): void {
    this.company.restore(ids);
  }

  private rotate(who: Who, size: number): string[] {
    const ids = this.choose(who);
    if (ids.length !== size) {
      throw new RangeError(`This takes ${size} people, not ${ids.length}.`);
    }
    const emails = ids.map((id) => this.contactOf(this.company.document(id)).workEmail);
    ids.forEach((id, index) => {
      const document = this.company.document(id);
      this.contactOf(document).workEmail = emails[(index + 1) % size] ?? null;
      this.company.write(id, document);
    });
    return ids;
  }

  private change(who: Who, edit: (document: WorkerDocument) => void): string[] {
    const ids = this.choose(who);
    for (const id of ids) {
      const document = this.company.document(id);
      edit(document);
      this.company.write(id, document);
    }
    return ids;
  }

  private choose(who: Who): string[] {
    if (typeof who !== 'number') {
      return [...who];
    }
    const chosen: string[] = [];
    for (const id of this.company.ids({ newestFirst: true })) {
      if (chosen.length === who) {
        break;
      }
      if (this.company.isEmployed(id)) {
        chosen.push(id);
      }
    }
    if (chosen.length < who) {
      throw new RangeError(`There are only ${chosen.length} employees, not ${who}.`);
    }
    return chosen;
  }

  private contactOf(document: WorkerDocument): Contact {
    return document['contact'] as Contact;
  }
}
