import { createHash } from 'node:crypto';
import type { CompanyShape, Oddity } from './base-person.js';
import { baseIdentity, isTerminatedFromStart, managerIndex, ODDITIES, oddityOf, workerId } from './base-person.js';
import { baseWorkerText } from './base-worker.js';

/** A worker document as mutations see it. */
export type WorkerDocument = Record<string, unknown>;

/**
 * Everyone the HR system has ever had, by slot: the people it started with come first and are made from seed and slot when
 * they are asked for; only what was changed, added or removed is kept. The list's order is the slots' order, for good.
 */
export class Company {
  private readonly changed = new Map<number, string>();
  private readonly removed = new Set<number>();
  private readonly addedIds = new Map<string, number>();
  private readonly presentEmails = new Map<string, string | null>();
  private slots: number;
  /** Told of each slot that changes. */
  private readonly listeners: ((slot: number | 'all') => void)[] = [];

  constructor(
    readonly shape: CompanyShape,
    readonly people: number,
  ) {
    this.slots = people;
  }

  onChange(listener: (slot: number | 'all') => void): void {
    this.listeners.push(listener);
  }

  get slotCount(): number {
    return this.slots;
  }

  /** People in the list. */
  get count(): number {
    return this.slots - this.removed.size;
  }

  isListed(slot: number): boolean {
    return slot >= 0 && slot < this.slots && !this.removed.has(slot);
  }

  text(slot: number): string {
    return this.changed.get(slot) ?? this.baseText(slot);
  }

  /** @throws RangeError for an id that is not in the list */
  document(id: string): WorkerDocument {
    return JSON.parse(this.text(this.slotOf(id))) as WorkerDocument;
  }

  find(id: string): number | null {
    const slot = this.addedIds.get(id) ?? this.baseSlot(id);
    return slot !== null && this.isListed(slot) ? slot : null;
  }

  slotOf(id: string): number {
    const slot = this.find(id);
    if (slot === null) {
      throw new RangeError(`There is no worker ${id}.`);
    }
    return slot;
  }

  /** Ids in the list's order, from the end when `newestFirst`. A record without a readable id is passed over. */
  *ids(options: { newestFirst?: boolean } = {}): Generator<string, void, void> {
    for (let step = 0; step < this.slots; step += 1) {
      const slot = options.newestFirst ? this.slots - 1 - step : step;
      if (this.isListed(slot)) {
        const id = this.idAt(slot);
        if (id !== null) {
          yield id;
        }
      }
    }
  }

  /** Whether somebody works here, without making their whole document when they never changed. */
  isEmployed(id: string): boolean {
    const slot = this.slotOf(id);
    if (!this.changed.has(slot)) {
      return !isTerminatedFromStart(this.shape, slot) && oddityOf(this.shape, slot) === null;
    }
    const employment = this.document(id)['employment'] as { status?: unknown } | null | undefined;
    return employment?.status === 'A' || employment?.status === 'L';
  }

  /** Replaces the document of someone in the list. */
  write(id: string, document: WorkerDocument): void {
    const slot = this.slotOf(id);
    this.changed.set(slot, JSON.stringify(document));
    const contact = document['contact'] as { workEmail?: unknown } | null | undefined;
    this.setPresentEmail(id, slot, typeof contact?.workEmail === 'string' ? contact.workEmail : null);
    this.notify(slot);
  }

  /** Puts any text in the list: also what is no worker. */
  append(text: string, id: string | null): void {
    const slot = this.slots;
    this.slots += 1;
    this.changed.set(slot, text);
    if (id !== null) {
      this.addedIds.set(id, slot);
    }
    this.notify(slot);
  }

  /** Hires the next generated person and gives their id. */
  appendGenerated(change: (document: WorkerDocument) => void): string {
    const slot = this.slots;
    this.slots += 1;
    const document = JSON.parse(
      baseWorkerText({ ...this.shape, terminatedShare: 0, oddShare: 0 }, slot, null),
    ) as WorkerDocument;
    const manager = document['manager'] as { workerId: string; email: string | null } | null;
    if (manager) {
      manager.email = this.presentEmail(Number(manager.workerId.slice(1)) - 1);
    }
    change(document);
    this.changed.set(slot, JSON.stringify(document));
    this.addedIds.set(workerId(slot), slot);
    this.notify(slot);
    return workerId(slot);
  }

  remove(id: string): void {
    const slot = this.slotOf(id);
    this.removed.add(slot);
    this.notify(slot);
  }

  /** Brings back those removed and undoes every change to them; without ids everyone, and takes out who was added. */
  restore(ids?: readonly string[]): void {
    if (ids === undefined) {
      this.changed.clear();
      this.removed.clear();
      this.addedIds.clear();
      this.presentEmails.clear();
      this.slots = this.people;
      this.notify('all');
      return;
    }
    for (const id of ids) {
      const slot = this.addedIds.get(id) ?? this.baseSlot(id);
      if (slot === null) {
        throw new RangeError(`There never was a worker ${id}.`);
      }
      this.removed.delete(slot);
      if (slot < this.people) {
        this.changed.delete(slot);
        this.presentEmails.delete(id);
      }
    }
    this.notify('all');
  }

  /** SHA-256 over every listed record in order: equal before and after means that nothing was changed. */
  fingerprint(): string {
    const hash = createHash('sha256');
    for (let slot = 0; slot < this.slots; slot += 1) {
      if (this.isListed(slot)) {
        hash.update(this.text(slot)).update('\n');
      }
    }
    return hash.digest('hex');
  }

  /** Who started with what oddity, changed since or not. */
  oddities(): Record<Oddity, string[]> {
    const found = Object.fromEntries(ODDITIES.map((oddity) => [oddity, [] as string[]])) as Record<Oddity, string[]>;
    for (let slot = 0; slot < this.people; slot += 1) {
      const oddity = oddityOf(this.shape, slot);
      if (oddity && this.isListed(slot)) {
        found[oddity].push(workerId(slot));
      }
    }
    return found;
  }

  private baseSlot(id: string): number | null {
    const slot = /^W\d{7,}$/.test(id) ? Number(id.slice(1)) - 1 : -1;
    return slot >= 0 && slot < this.people ? slot : null;
  }

  private idAt(slot: number): string | null {
    if (slot < this.people) {
      return workerId(slot);
    }
    try {
      const document = JSON.parse(this.text(slot)) as WorkerDocument | null;
      const id = document?.['workerId'];
      return typeof id === 'string' && this.find(id) === slot ? id : null;
    } catch {
      return null;
    }
  }

  private baseText(slot: number): string {
    return baseWorkerText(this.shape, slot, this.managerEmail(slot));
  }

  private managerEmail(slot: number): string | null {
    const superior = managerIndex(this.shape, slot);
    return superior === null ? null : this.presentEmail(superior);
  }

  private presentEmail(slot: number): string | null {
    const present = this.presentEmails.get(workerId(slot));
    return present === undefined ? baseIdentity(this.shape, slot).email : present;
  }

  private setPresentEmail(id: string, slot: number, email: string | null): void {
    if (this.presentEmail(slot) === email) {
      return;
    }
    this.presentEmails.set(id, email);
    for (const [other, text] of this.changed) {
      if (text.includes(`"manager":{"workerId":"${id}"`)) {
        const document = JSON.parse(text) as WorkerDocument;
        (document['manager'] as { email: string | null }).email = email;
        this.changed.set(other, JSON.stringify(document));
      }
    }
    this.notify('all');
  }

  private notify(slot: number | 'all'): void {
    for (const listener of this.listeners) {
      listener(slot);
    }
  }
}
