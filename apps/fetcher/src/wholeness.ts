import type { Extent, Wholeness, WholenessEvidence } from '#core';
import type { ConnectorCapabilities } from '#connector-sdk';

/** What a fetch that came to its end has seen. */
export interface FetchFacts {
  extent: Extent;
  endSeen: boolean;
  declaredFirst: number | null;
  declaredLast: number | null;
  /** Ids of the source's own; null when the connector tells none. */
  distinctSourceIds: number | null;
  records: number;
  /** What the connector has to say beside. */
  note: string | null;
}

/**
 * Judges whether a fetch read all that it set out to read. A declared total proves it only if the first and the last
 * response declare the same and it equals the number of distinct source ids read: totals come from another query than
 * the list, and a list that shifts while it is paged repeats some and drops others.
 */
export function judgeWholeness(
  facts: FetchFacts,
  proof: ConnectorCapabilities['wholeness'],
): { wholeness: Wholeness; evidence: WholenessEvidence } {
  const { wholeness, reason } = verdict(facts, proof);
  const { declaredFirst, declaredLast, distinctSourceIds, endSeen, note } = facts;
  return {
    wholeness,
    evidence: {
      declaredFirst,
      declaredLast,
      distinctSourceIds,
      endSeen,
      reason: note === null ? reason : `${reason} ${note}`,
    },
  };
}

function verdict(
  { extent, endSeen, declaredFirst, declaredLast, distinctSourceIds, records }: FetchFacts,
  proof: ConnectorCapabilities['wholeness'],
): { wholeness: Wholeness; reason: string } {
  const truncated = (reason: string) => ({ wholeness: 'truncated' as const, reason });
  const complete = (reason: string) => ({ wholeness: 'complete' as const, reason });
  if (!endSeen) return truncated('The source never said that this was the end of its list.');
  if (extent === 'person') return complete('The one person asked for was looked up.');
  if (extent === 'push') return complete('All that had been pushed was taken.');
  if (extent !== 'full') return complete('The source said that this was the end of its changes.');
  if (declaredFirst === null && declaredLast === null) {
    if (proof === 'endMarker') return complete('The source said that this was the end of its list.');
    return truncated('The source did not say how many people it has, so nothing proves that these are all.');
  }
  if (declaredFirst === null || declaredLast === null) {
    return truncated('The source said in only one of its first and last answers how many people it has.');
  }
  if (declaredFirst !== declaredLast) {
    return truncated(
      `The source declared ${declaredFirst} people at first and ${declaredLast} at last: its list changed while it was read.`,
    );
  }
  if (distinctSourceIds === null) {
    return truncated(`The source declared ${declaredFirst} people, but gives no ids by which to count them.`);
  }
  if (distinctSourceIds !== declaredLast) {
    return truncated(
      `The source declared ${declaredLast} people and sent ${distinctSourceIds} different ones in ${records} records.`,
    );
  }
  return complete(`The source declared ${declaredLast} people, first and last, and sent as many different ones.`);
}
