import type { PlannedPage } from './messages.js';
import { namesUser, outcomeSearchText, type OutcomeRow } from './outcome.js';
import { joinSearched } from './searched-text.js';
import type { UserId } from './ids.js';

/** What the people of a planned page are found by, by sequence; unchanged ones by source id and what is known of their users. */
export function plannedTexts(
  { rows, unchanged }: Pick<PlannedPage, 'rows' | 'unchanged'>,
  userTexts: ReadonlyMap<UserId, string>,
): Map<number, string> {
  const texts = new Map<number, string>();
  for (const [index, seq] of unchanged.seqs.entries()) {
    const userId = unchanged.userIds[index];
    const ofUser = userId === undefined ? '' : (userTexts.get(userId) ?? '');
    texts.set(seq, joinSearched(withSourceId(ofUser, unchanged.sourceIds?.[index] ?? null)));
  }
  for (const row of rows) texts.set(row.seq, textOf(row, userTexts));
  return texts;
}

/** What the people of a page of removals are found by, by sequence. */
export function removalsTexts(rows: readonly OutcomeRow[]): Map<number, string> {
  return new Map(rows.map((row) => [row.seq, textOf(row, new Map())]));
}

/** The users of a planned page who are there already. */
export function usersOfPage({ rows, unchanged }: Pick<PlannedPage, 'rows' | 'unchanged'>): UserId[] {
  return [...new Set([...unchanged.userIds, ...rows.filter(namesUser).map(({ userId }) => userId)])];
}

/** Often the source id is the employee id: what is there already is not said twice. */
function withSourceId(ofUser: string, sourceId: string | null): (string | null)[] {
  const values = ofUser.split('\n');
  if (sourceId === null) return values;
  const lower = sourceId.toLowerCase();
  return values.some((value) => value.includes(lower)) ? values : [...values, sourceId];
}

function textOf(row: OutcomeRow, userTexts: ReadonlyMap<UserId, string>): string {
  return outcomeSearchText(row, row.userId === null ? null : (userTexts.get(row.userId) ?? null));
}
