import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { type EffectiveOutcome, outcomeId, parseOutcomeId, SettingsStore, type Sync, SyncStore } from '#core';
import { Audit } from '../../../access/audit.js';
import { CsvStreams } from '../../../http/csv-stream.js';
import type { CsvCell } from '../../../http/csv.js';
import { defineEndpoint, Endpoint, type InputOf } from '../../../http/endpoint.js';
import { notFound, ProblemError } from '../../../http/problem.errors.js';
import { reasonText } from '../outcomes/reason-texts.js';
import { OutcomeLister } from './outcome-lister.js';
import { toOutcomeFilter, whichOutcomes } from './outcome-query.js';

const exportOutcomes = defineEndpoint({
  method: 'GET',
  path: '/v1/tenants/{tenant}/syncs/{sync}/outcomes.csv',
  role: 'admin',
  summary: 'What a sync does, or did, to each person, as CSV of any size',
  description:
    'In order of their place in the snapshot; `id` is the first column. `changes` is JSON: attribute to [before, after]. Attributes that are excluded from CSV exports are left out, from `name` and `sourceId` too where they are made of one. People who are unchanged are in it where `q` finds them or `reason=unchanged` asks for them. Its form, and how to go on after a connection broke off (`after`), are those of `users.csv`.',
  query: z.strictObject({
    ...whichOutcomes,
    after: z
      .string()
      .max(100)
      .optional()
      .describe('The id of the last row that came: go on after it, without a header.'),
  }),
  mediaType: 'text/csv; charset=utf-8',
});

const header = [
  'id',
  'seq',
  'outcome',
  'reason',
  'state',
  'userId',
  'sourceId',
  'name',
  'changes',
  'problems',
  'heldBy',
  'why',
  'next',
  'note',
];

/** Changes of a user that are of no attribute. */
const ownFields = ['status', 'role', 'owner'];

@Controller()
export class ExportOutcomesController {
  constructor(
    private readonly syncs: SyncStore,
    private readonly lister: OutcomeLister,
    private readonly settings: SettingsStore,
    private readonly streams: CsvStreams,
    private readonly audit: Audit,
  ) {}

  @Endpoint(exportOutcomes)
  async export({ tenant, params, query: { after, ...which }, caller }: InputOf<typeof exportOutcomes>) {
    const sync = await this.syncs.sync(tenant.id, params.sync);
    if (sync === null) throw notFound();
    const from = after === undefined ? null : seqOf(sync, after);
    const filter = toOutcomeFilter(which);
    // An attribute that is not defined any more may have been excluded: nobody can tell.
    const shown = (await this.settings.attributes(tenant.id)).filter((one) => !one.excludeFromCsvExport);
    const names = new Set([...ownFields, ...shown.map(({ name }) => name)]);
    await this.audit.note(caller, tenant.id, 'outcomes.export', sync.id, '');
    return this.streams.answer<EffectiveOutcome, number>(
      {
        name: `outcomes-${sync.id}`,
        header,
        read: (seq, limit) => this.lister.page(sync, filter, which.q, seq ?? -1, limit),
        cells: (row) => toCells(row, sync, names),
      },
      from,
    );
  }
}

function seqOf(sync: Sync, id: string): number {
  const parsed = parseOutcomeId(id);
  if (parsed?.syncId === sync.id) return parsed.seq;
  const message = 'The id of an outcome of this sync is expected.';
  throw new ProblemError('unprocessable', message, [{ parameter: 'after', code: 'invalid', message }]);
}

function toCells(row: EffectiveOutcome, { id: syncId, frozen }: Sync, names: ReadonlySet<string>): CsvCell[] {
  const { seq, outcome, reason, effectiveState, userId, sourceId, label, problems, detail = {} } = row;
  const changes = Object.entries(row.changes).filter(([name]) => names.has(name));
  const identity = frozen.mapping?.definition.identity ?? 'connector';
  const { why, next } = reasonText(row);
  return [
    outcomeId(syncId, seq),
    seq,
    outcome,
    reason,
    effectiveState,
    userId,
    identity === 'connector' || names.has(identity) ? sourceId : null,
    names.has('fullName') ? label : null,
    changes.length === 0 ? null : JSON.stringify(Object.fromEntries(changes)),
    problems.map(({ attribute, message }) => `${attribute}: ${message}`).join('; ') || null,
    detail.heldBy?.join('; ') ?? null,
    why,
    next,
    detail.note ?? null,
  ];
}
