import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { isFromCommand, OutcomeStore, SettlementStore, SnapshotStore, type Sync, SyncStore } from '#core';
import { defineEndpoint, Endpoint, type InputOf } from '../../../http/endpoint.js';
import { decodeCursor, encodeCursor, invalidCursor, pageOf, pageQuery } from '../../../http/page.js';
import { notFound, ProblemError } from '../../../http/problem.errors.js';
import { outcomeKind, outcomeReason } from '../../words.js';
import { attributeChanges } from '../outcomes/outcome-view.js';
import { type ComparedOutcome, compareOutcomes, type ComparePlace } from './compare-outcomes.js';

const comparedOutcome = z
  .object({
    outcomeId: z.string(),
    outcome: outcomeKind,
    reason: outcomeReason,
    changes: attributeChanges,
  })
  .nullable()
  .describe('Null: the sync does not speak of this person.');

const difference = z
  .object({
    sourceId: z.string().nullable().describe('The source’s own id of the person; null when it is not known.'),
    userId: z.string().nullable().describe('Null: no user is meant, or none yet.'),
    label: z.string().nullable().describe('The person’s name; null when it is not known.'),
    first: comparedOutcome,
    second: comparedOutcome,
    attributes: z.array(z.string()).describe('Attributes to which the two give other values, or only one a value.'),
  })
  .meta({ id: 'OutcomeDifference' });

const compareSyncs = defineEndpoint({
  method: 'GET',
  path: '/v1/tenants/{tenant}/syncs/{sync}/compare/{otherSync}',
  role: 'viewer',
  summary: 'With whom two syncs of one snapshot deal otherwise',
  description:
    'For a sync and a replay of its snapshot, say with another mapping version. A page may be short, or empty, and not the last: go on while there is a `nextCursor`.',
  query: z.strictObject(pageQuery),
  response: pageOf(difference),
  problems: ['notPlanned', 'snapshotsDiffer'],
});

@Controller()
export class CompareSyncsController {
  constructor(
    private readonly syncs: SyncStore,
    private readonly outcomes: OutcomeStore,
    private readonly snapshots: SnapshotStore,
    private readonly settlements: SettlementStore,
  ) {}

  @Endpoint(compareSyncs)
  async compare({ tenant, params, query: { limit, cursor } }: InputOf<typeof compareSyncs>) {
    const place = toPlace(decodeCursor(cursor));
    const a = await this.syncs.sync(tenant.id, params.sync);
    const b = await this.syncs.sync(tenant.id, params.otherSync);
    if (a === null || b === null) throw notFound();
    requireOneSnapshot(a, b);
    await this.requirePlan(a);
    await this.requirePlan(b);
    const manifest = await this.snapshots.manifest(tenant.id, a.snapshotOf);
    const { items, next } = await compareOutcomes(
      this.outcomes,
      { a, b, records: manifest?.records ?? 0 },
      place,
      limit,
    );
    return {
      items: items.map(({ a: first, b: second, ...person }) => ({
        ...person,
        first: toView(first),
        second: toView(second),
      })),
      nextCursor: next === null ? null : encodeCursor(`${String(next.a)},${String(next.b)}`),
    };
  }

  private async requirePlan({ tenantId, id }: Sync): Promise<void> {
    if ((await this.settlements.header(tenantId, id)) !== null) return;
    throw new ProblemError('notPlanned', `Sync ${id} has no whole plan: it has not come that far, or has failed.`);
  }
}

function requireOneSnapshot(a: Sync, b: Sync): void {
  if (a.snapshotOf === b.snapshotOf) return;
  const detail =
    isFromCommand(a) || isFromCommand(b)
      ? 'An undo or a change by hand reads no snapshot. Look at its own outcomes: they say what it does to whom.'
      : 'The two have read the source at different times. Replay the snapshot of one of them, and compare.';
  throw new ProblemError('snapshotsDiffer', detail);
}

function toPlace(after: string | null): ComparePlace {
  if (after === null) return { a: -1, b: -1 };
  const [, a, b] = /^(-1|\d{1,10}),(-1|\d{1,10})$/.exec(after) ?? [];
  if (a !== undefined && b !== undefined) return { a: Number(a), b: Number(b) };
  throw invalidCursor();
}

function toView(side: ComparedOutcome | null): z.input<typeof comparedOutcome> {
  if (side === null) return null;
  const changes = Object.entries(side.changes).map(([name, [before, after]]) => [name, { before, after }]);
  return { ...side, changes: Object.fromEntries(changes) as Record<string, never> };
}
