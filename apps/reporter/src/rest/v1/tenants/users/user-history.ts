import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import {
  type EffectiveOutcome,
  isFromCommand,
  outcomeId,
  type OutcomePlace,
  OutcomeStore,
  type Sync,
  type SyncId,
  SyncStore,
  type User,
} from '#core';
import { syncMode, syncTrigger, time } from '../../words.js';
import { outcomeView, toOutcomeView } from '../outcomes/outcome-view.js';

/** Outcomes read in one go for provenance, and how many at most. */
const provenanceStep = 20;
const provenanceAtMost = 60;

export const historyEntry = outcomeView
  .extend({
    at: time.describe('When its sync was queued.'),
    endedAt: time.nullable().describe('When its sync ended; null before.'),
    integrationId: z.string().nullable().describe('Whose source its sync read.'),
    mode: syncMode,
    trigger: syncTrigger,
    requestedBy: z.string().nullable().describe('Who asked for the sync.'),
    mappingVersion: z
      .int()
      .nullable()
      .describe('The mapping that its sync used; null when none did: by hand, or by an undo.'),
  })
  .meta({ id: 'HistoryEntry' });

export const attributeProvenance = z
  .object({
    outcomeId: z.string().describe('The outcome that set the value.'),
    syncId: z.string(),
    integrationId: z.string().nullable(),
    at: time.describe('When the sync was queued that set the value.'),
    byHand: z.boolean().describe('A person set it.'),
    requestedBy: z.string().nullable().describe('Who asked for the sync.'),
    mappingVersion: z.int().nullable().describe('Null when no mapping made the value: by hand, or by an undo.'),
    expression: z.string().nullable().describe('The expression that made the value; null when none did.'),
  })
  .meta({ id: 'Provenance' });

type HistoryEntry = z.input<typeof historyEntry> & OutcomePlace;
type Provenance = z.input<typeof attributeProvenance>;

export interface TracedOutcome {
  row: EffectiveOutcome;
  sync: Sync;
}

/** What became of one user, and where their values come from. */
@Injectable()
export class UserHistory {
  constructor(
    private readonly outcomes: OutcomeStore,
    private readonly syncs: SyncStore,
  ) {}

  /** Newest first, from after a place on. Of somebody anonymised no values are shown. */
  async entries(user: User, after: OutcomePlace | null, limit: number): Promise<HistoryEntry[]> {
    const traced = await this.trace(user, after, limit);
    return traced.map(({ row, sync }) => toEntry(row, sync, user.status !== 'anonymized'));
  }

  /**
   * For each attribute that the user has a value of, what set it last. Read from the history, no further back than 60
   * outcomes: null where that, or retention, does not reach.
   */
  async provenance(user: User): Promise<Record<string, Provenance | null>> {
    const found: Record<string, Provenance | null> = Object.fromEntries(
      Object.keys(user.attributes).map((name) => [name, null]),
    );
    let missing = Object.keys(found).length;
    let after: OutcomePlace | null = null;
    for (let read = 0; missing > 0 && read < provenanceAtMost; read += provenanceStep) {
      const step = await this.trace(user, after, provenanceStep);
      for (const { row, sync } of step) {
        if (row.effectiveState !== 'applied') continue;
        for (const name of Object.keys(row.changes)) {
          if (found[name] !== null) continue;
          found[name] = toProvenance(name, row, sync);
          missing -= 1;
        }
      }
      const last = step.at(-1);
      if (step.length < provenanceStep || last === undefined) break;
      after = last.row;
    }
    return found;
  }

  /** Outcomes with their syncs, newest first, from after a place on. */
  async trace({ tenantId, id }: User, after: OutcomePlace | null, limit: number): Promise<TracedOutcome[]> {
    const rows = await this.outcomes.history(tenantId, id, after, limit);
    const syncs = await this.syncs.byIds(tenantId, [...new Set(rows.map(({ syncId }): SyncId => syncId))]);
    return rows.flatMap((row) => {
      const sync = syncs.get(row.syncId);
      return sync === undefined ? [] : [{ row, sync }];
    });
  }
}

function toEntry(row: EffectiveOutcome, sync: Sync, withValues: boolean): HistoryEntry {
  const view = toOutcomeView(row, sync);
  const { createdAt, endedAt, integrationId, mode, trigger, requestedBy, frozen } = sync;
  return {
    ...view,
    syncId: row.syncId,
    ...(withValues ? {} : { label: null, sourceId: null, changes: withoutValues(view.changes) }),
    at: createdAt,
    endedAt,
    integrationId,
    mode,
    trigger,
    requestedBy,
    mappingVersion: isFromCommand(sync) ? null : (frozen.mapping?.version ?? null),
  };
}

function withoutValues(changes: HistoryEntry['changes']): HistoryEntry['changes'] {
  return Object.fromEntries(Object.keys(changes).map((name) => [name, { before: null, after: null }]));
}

function toProvenance(name: string, row: EffectiveOutcome, sync: Sync): Provenance {
  const mapping = isFromCommand(sync) ? null : sync.frozen.mapping;
  return {
    outcomeId: outcomeId(sync.id, row.seq),
    syncId: sync.id,
    integrationId: sync.integrationId,
    at: sync.createdAt,
    byHand: sync.edit !== null,
    requestedBy: sync.requestedBy,
    mappingVersion: mapping?.version ?? null,
    expression: mapping?.definition.attributes[name] ?? null,
  };
}
