import type { SafeguardLimits, SafeguardRule, SafeguardVerdict } from '#core';
import type { FactCounts } from './page-facts.js';

/** What the whole of a plan shows, as far as safeguards are concerned. */
export interface PlanMeasure {
  counts: FactCounts;
  /** Records that the snapshot holds. */
  records: number;
  /** Active users owned by the integration. */
  population: number;
  /** Planned removals of people who are missing or out of scope. */
  inferredRemovals: number;
  /** Inferred removals already applied within the last seven days. */
  inferredRemovalsLast7Days: number;
  explicitLeavers: number;
  declaredTotal: number | null;
  lastAcceptedTotal: number | null;
  judgedMissing: boolean;
  /** Linked people whom the snapshot does not hold. */
  notSeen: number;
}

/** 0.29 × 100 is 28.999…96 in binary: what a share comes short of a whole person by this much is that person. */
const rounding = 1e-9;

/** A limit in people: a share of the population, and never less than two. */
export function limitOf(share: number, population: number): number {
  return Math.max(2, Math.floor(share * population + rounding));
}

/**
 * Judges every safeguard. A tripped rule holds all outcomes that it counts.
 *
 * @param before what was judged of the plan before in the same push session: its counts go on, and the people of whom
 *   limits are shares are the most that there were in the session
 */
export function judgeSafeguards(
  limits: SafeguardLimits,
  plan: PlanMeasure,
  before: readonly SafeguardVerdict[] = [],
): SafeguardVerdict[] {
  const { counts } = plan;
  const earlier = (rule: SafeguardRule, attribute?: string): SafeguardVerdict | undefined =>
    before.find((verdict) => verdict.rule === rule && verdict.attribute === attribute);
  const population = Math.max(plan.population, earlier('explicitLeavers')?.population ?? 0);
  const share = (
    rule: SafeguardRule,
    own: number,
    of: number,
    people: number,
    [noun, what]: readonly [noun: keyof typeof plurals, what: string],
    attribute?: string,
  ): SafeguardVerdict => {
    // A week is counted by itself.
    const counted = rule === 'inferredRemovals7Days' ? 0 : (earlier(rule, attribute)?.measured ?? 0);
    const measured = counted + own;
    const limit = limitOf(of, people);
    return {
      rule,
      ...(attribute === undefined ? {} : { attribute }),
      measured,
      limit,
      population: people,
      tripped: measured > limit,
      message: `${many(measured, noun)} ${what}; up to ${String(limit)} of ${String(people)} pass without a person’s word.${counted === 0 ? '' : ' Earlier pushes of this session count, too.'}`,
    };
  };
  const verdicts = [
    share('inferredRemovals', plan.inferredRemovals, limits.inferredRemovals, population, [
      'person',
      'would lose access because the source no longer shows them',
    ]),
    share(
      'inferredRemovals7Days',
      plan.inferredRemovals + plan.inferredRemovalsLast7Days,
      limits.inferredRemovals7Days,
      population + plan.inferredRemovalsLast7Days,
      ['person', 'would have lost access this way within seven days'],
    ),
    wholeVerdict(limits, plan),
    share('explicitLeavers', plan.explicitLeavers, limits.explicitLeavers, population, [
      'person',
      'would lose access because the source says that they left',
    ]),
    share('emailChanges', counts.emailChanges, limits.emailChanges, population, [
      'person',
      'would get another e-mail address',
    ]),
    share('restrictedChanges', counts.restrictedChanges, limits.restrictedChanges, population, [
      'person',
      'would have their access restricted or opened',
    ]),
    share('managerChanges', counts.managerChanges, limits.managerChanges, population, [
      'person',
      'would get another manager',
    ]),
    share('failures', counts.failed, limits.failures, Math.max(population, plan.records), ['record', 'failed']),
  ];
  const blankedBefore = before.flatMap(({ rule, attribute }) =>
    rule === 'blankedValues' && attribute !== undefined ? [attribute] : [],
  );
  for (const attribute of [...new Set([...Object.keys(counts.blanked), ...blankedBefore])].sort()) {
    const measured = counts.blanked[attribute] ?? 0;
    if (measured === 0 && !blankedBefore.includes(attribute)) continue;
    verdicts.push(
      share(
        'blankedValues',
        measured,
        limits.blankedValues,
        population,
        ['person', `would lose their ${attribute}`],
        attribute,
      ),
    );
  }
  return verdicts;
}

/** Removals are only believed of a whole: complete, everyone identified, not suddenly smaller, somebody left. */
function wholeVerdict(limits: SafeguardLimits, plan: PlanMeasure): SafeguardVerdict {
  const reasons: string[] = [];
  const { declaredTotal, lastAcceptedTotal } = plan;
  if (plan.counts.noIdentity > 0) reasons.push(`${many(plan.counts.noIdentity, 'record')} without an identity`);
  if (
    declaredTotal !== null &&
    lastAcceptedTotal !== null &&
    lastAcceptedTotal - declaredTotal > limitOf(limits.declaredTotalDrop, lastAcceptedTotal)
  ) {
    reasons.push(
      `the source declares ${many(declaredTotal, 'person')} where the last accepted sync had ${String(lastAcceptedTotal)}`,
    );
  }
  const leaving = plan.inferredRemovals + plan.explicitLeavers;
  if (plan.population > 0 && plan.inferredRemovals > 0 && leaving >= plan.population) {
    reasons.push('nobody would be left');
  }
  const tripped = plan.judgedMissing && reasons.length > 0;
  return {
    rule: 'whole',
    measured: reasons.length,
    limit: 0,
    population: plan.population,
    tripped,
    message: !plan.judgedMissing
      ? plan.counts.lost > 0
        ? `Nobody is judged missing: ${many(plan.counts.lost, 'record')} got lost on the way.`
        : `Nobody is judged missing: the snapshot is not full and complete.${notSeen(plan)}`
      : tripped
        ? `Nobody loses access for being missing without a person’s word: ${reasons.join('; ')}.`
        : 'The snapshot is full and complete.',
  };
}

function notSeen({ notSeen: count }: PlanMeasure): string {
  if (count === 0) return '';
  return ` ${many(count, 'person')} ${count === 1 ? 'was' : 'were'} not seen.`;
}

const plurals = { person: 'people', record: 'records' };

function many(count: number, noun: keyof typeof plurals): string {
  return `${String(count)} ${count === 1 ? noun : plurals[noun]}`;
}
