import { Controller } from '@nestjs/common';
import { z } from 'zod';
import {
  type ApprovalSelection,
  Clock,
  type EffectiveOutcome,
  outcomeId,
  type OutcomeState,
  OutcomeStore,
  parseOutcomeId,
  SettlementStore,
  type Sync,
  type SyncId,
  SyncStore,
  type TenantId,
} from '#core';
import { SyncQueue } from '#pipeline';
import { Audit } from '../../../access/audit.js';
import { type Caller, callerName } from '../../../http/caller.js';
import { defineEndpoint, Endpoint, type InputOf } from '../../../http/endpoint.js';
import { text } from '../../../http/fields.js';
import { type FieldProblem, notFound, ProblemError } from '../../../http/problem.errors.js';
import { outcomeKind, outcomeReason } from '../../words.js';
import { ApprovalEffects } from './approval-effects.js';

const selection = z
  .strictObject({
    all: z.literal(true).optional().describe('Everything that can still be approved.'),
    filter: z
      .strictObject({ outcome: outcomeKind.optional(), reason: outcomeReason.optional() })
      .optional()
      .describe('Everything of this outcome, this reason, or both.'),
    outcomeIds: z
      .array(z.string().max(100))
      .min(1)
      .max(10_000)
      .optional()
      .describe('These, and whom a key passes to or from.'),
    includeHeld: z
      .boolean()
      .optional()
      .describe('Whether held outcomes are meant too. Left out: only when they are named by id.'),
    planHash: z.string().max(200).describe('Of the sync as you saw it: another plan is not touched.'),
    comment: text(2000).default('').describe('Why; kept with the decision.'),
  })
  .superRefine((body, context) => {
    const given = [body.all, body.filter, body.outcomeIds].filter((part) => part !== undefined).length;
    if (given === 1) return;
    const message = 'Give exactly one of all, filter and outcomeIds.';
    context.addIssue({ code: 'custom', path: ['all'], message, params: { code: 'required' } });
  });

const answer = z.object({
  syncId: z.string().describe('The sync that was decided on.'),
  round: z.int().describe('The number of this word: the apply round that carries it out.'),
  verdict: z.enum(['approve', 'reject']).describe('What was decided.'),
  alsoNamed: z
    .array(z.string())
    .describe('Outcomes that go along because a key passes between them and one that was named.'),
});

const problems = ['notApprovable', 'planChanged', 'superseded'] as const;

const approve = defineEndpoint({
  method: 'POST',
  path: '/v1/tenants/{tenant}/syncs/{sync}/approve',
  role: 'admin',
  idempotencyKey: 'optional',
  summary: 'Apply a plan, or a part of it',
  description:
    'A dry sync becomes live under the same id and applies exactly the plan that was shown. What a safeguard holds must be meant on purpose: by id, or with includeHeld.',
  body: selection,
  status: 202,
  response: answer,
  problems: [...problems, 'alreadyUndone', 'preconditionFailed'],
});

const reject = defineEndpoint({
  method: 'POST',
  path: '/v1/tenants/{tenant}/syncs/{sync}/reject',
  role: 'admin',
  idempotencyKey: 'optional',
  summary: 'Decide that a plan, or a part of it, is not applied',
  body: selection,
  status: 202,
  response: answer,
  problems,
});

type Body = InputOf<typeof approve>['body'];

@Controller()
export class ApprovalsController {
  constructor(
    private readonly syncs: SyncStore,
    private readonly outcomes: OutcomeStore,
    private readonly settlements: SettlementStore,
    private readonly effects: ApprovalEffects,
    private readonly queue: SyncQueue,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  @Endpoint(approve)
  async approve({ tenant, params, body, caller }: InputOf<typeof approve>) {
    const result = await this.decide('approve', tenant.id, params.sync, body, caller);
    await this.effects.after(result.sync, caller);
    return result.answer;
  }

  @Endpoint(reject)
  async reject({ tenant, params, body, caller }: InputOf<typeof reject>) {
    return (await this.decide('reject', tenant.id, params.sync, body, caller)).answer;
  }

  private async decide(verdict: 'approve' | 'reject', tenantId: TenantId, id: SyncId, body: Body, caller: Caller) {
    const sync = await this.syncs.sync(tenantId, id);
    if (sync === null) throw notFound();
    await this.requireOpenPlan(sync, body.planHash);
    const { seqs, alsoNamed: along } = await this.namedOutcomes(sync, body.outcomeIds ?? []);
    const selected: ApprovalSelection = {
      all: body.all ?? false,
      seqs,
      filter: body.filter === undefined ? null : withoutUndefined(body.filter),
      includeHeld: body.includeHeld ?? (verdict === 'reject' || seqs.length > 0),
    };
    const named = await this.requireSomething(sync, selected);
    const alsoNamed = selected.filter === null ? along : await this.takenAlong(sync, selected);
    if (verdict === 'approve') await this.effects.before(sync);
    const round = await this.syncs.addApproval(tenantId, id, {
      verdict,
      selection: selected,
      meant: named + alsoNamed.length,
      planHash: body.planHash,
      by: callerName(caller),
      comment: body.comment,
      at: this.clock.now(),
    });
    const meant = `outcomes: ${String(named + alsoNamed.length)}; plan: ${body.planHash}`;
    await this.audit.note(caller, tenantId, `sync.${verdict}`, id, `${inWords(selected)}; ${meant}`);
    await this.queue.wake(sync, ['reporter', 'reconciler']);
    return { sync, answer: { syncId: id, round, verdict, alsoNamed } };
  }

  private async requireOpenPlan(sync: Sync, planHash: string): Promise<void> {
    if (sync.supersededBy !== null) {
      const detail = `Sync ${sync.supersededBy} has taken its place. Look at that one.`;
      throw new ProblemError('superseded', detail);
    }
    if (!['completed', 'incomplete', 'awaitingApproval'].includes(sync.state)) {
      const detail = `The sync is ${sync.state}; only the plan of one that has ended well can be decided on.`;
      throw new ProblemError('notApprovable', detail);
    }
    const header = await this.settlements.header(sync.tenantId, sync.id);
    if (header === null) throw new ProblemError('notApprovable', 'The sync has no plan.');
    if (header.planHash === planHash) return;
    const detail = 'The plan hash is not that of this sync’s plan. Read the sync again and look at what it plans.';
    throw new ProblemError('planChanged', detail, [{ pointer: '/planHash', code: 'notAllowed', message: detail }]);
  }

  /** Checks that each id is of this sync, and adds the members of the transfers they are in. */
  private async namedOutcomes(sync: Sync, ids: readonly string[]): Promise<{ seqs: number[]; alsoNamed: string[] }> {
    if (ids.length === 0) return { seqs: [], alsoNamed: [] };
    const seqs = ids.map((id) => {
      const parsed = parseOutcomeId(id);
      return parsed?.syncId === sync.id ? parsed.seq : null;
    });
    const rows = await this.outcomes.bySeqs(
      sync.tenantId,
      sync.id,
      seqs.filter((seq) => seq !== null),
    );
    const known = new Map(rows.map((row) => [row.seq, row]));
    if (rows.some(({ effectiveState }) => effectiveState === 'superseded')) {
      const detail = 'A later sync has shown some of these people again. Look at that one, or leave them out.';
      throw new ProblemError('superseded', detail);
    }
    const errors: FieldProblem[] = seqs.flatMap((seq, index) => {
      const state = seq === null ? undefined : known.get(seq)?.effectiveState;
      if (state === 'planned' || state === 'held') return [];
      const message =
        state === undefined
          ? 'This sync has no such outcome.'
          : `This outcome is ${state ?? 'no change'}: nothing to decide.`;
      return [{ pointer: `/outcomeIds/${String(index)}`, code: 'notAllowed', message }];
    });
    if (errors.length > 0)
      throw new ProblemError('unprocessable', 'Some of the outcomes cannot be decided on.', errors);
    const together = rows.flatMap(({ detail }) => (detail?.transfer === undefined ? [] : (detail.otherSeqs ?? [])));
    const alsoNamed = [...new Set(together)].filter((seq) => !known.has(seq)).map((seq) => outcomeId(sync.id, seq));
    return { seqs: [...known.keys()], alsoNamed };
  }

  /** Outcomes that a filter does not mean, but that go along because a key passes between them and one that it means. */
  private async takenAlong(sync: Sync, selected: ApprovalSelection): Promise<string[]> {
    const header = await this.settlements.header(sync.tenantId, sync.id);
    const meant = new Set<number>();
    const together = new Set<number>();
    for (let index = 0; index < (header?.chunks ?? 0); index += 1) {
      const chunk = await this.settlements.chunk(sync.tenantId, sync.id, header?.attempt ?? '', index);
      const members = (chunk?.rows ?? []).filter(({ detail }) => detail?.transfer !== undefined).map(({ seq }) => seq);
      if (members.length === 0) continue;
      for (const row of await this.outcomes.bySeqs(sync.tenantId, sync.id, members)) {
        if (!isMeant(row, selected)) continue;
        meant.add(row.seq);
        for (const seq of row.detail?.otherSeqs ?? []) together.add(seq);
      }
    }
    return [...together].filter((seq) => !meant.has(seq)).map((seq) => outcomeId(sync.id, seq));
  }

  /** How many outcomes are meant, at least one. */
  private async requireSomething(sync: Sync, { filter, seqs, includeHeld }: ApprovalSelection): Promise<number> {
    if (seqs.length > 0) return seqs.length;
    const totals = (await this.outcomes.totals(sync.tenantId, sync.id)).filter(
      ({ outcome, reason }) =>
        (filter?.outcome === undefined || filter.outcome === outcome) &&
        (filter?.reason === undefined || filter.reason === reason),
    );
    const inState = (wanted: OutcomeState) =>
      totals.reduce((sum, { state, count }) => (state === wanted ? sum + count : sum), 0);
    const held = inState('held');
    const meant = inState('planned') + (includeHeld ? held : 0);
    if (meant > 0) return meant;
    const detail =
      held > 0
        ? 'All that is left is held by safeguards. Look at it, then name outcomes by id or send includeHeld: true.'
        : 'No outcome is waiting for a decision.';
    throw new ProblemError('notApprovable', detail);
  }
}

function isMeant(row: EffectiveOutcome, { filter, includeHeld }: ApprovalSelection): boolean {
  if (row.effectiveState !== 'planned' && !(row.effectiveState === 'held' && includeHeld)) return false;
  return (
    (filter?.outcome === undefined || filter.outcome === row.outcome) &&
    (filter?.reason === undefined || filter.reason === row.reason)
  );
}

/** For the audit: what was meant, in words and without anybody's values. */
function inWords({ all, seqs, filter, includeHeld }: ApprovalSelection): string {
  const parts = Object.entries(filter ?? {}).map(([name, value]) => `${name} ${value}`);
  const what = all ? 'all' : seqs.length > 0 ? `${String(seqs.length)} named` : parts.join(', ') || 'any';
  return `${what}, ${includeHeld ? 'held ones included' : 'without held ones'}`;
}

function withoutUndefined(filter: { outcome?: string | undefined; reason?: string | undefined }) {
  return {
    ...(filter.outcome === undefined ? {} : { outcome: filter.outcome }),
    ...(filter.reason === undefined ? {} : { reason: filter.reason }),
  };
}
