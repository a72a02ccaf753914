import type { OutcomeRow } from '#core';

type Body = [
  sourceId: OutcomeRow['sourceId'],
  userId: OutcomeRow['userId'],
  label: OutcomeRow['label'],
  changes: OutcomeRow['changes'],
  problems: OutcomeRow['problems'],
  userVersion: OutcomeRow['userVersion'],
  link: OutcomeRow['link'],
  recordHash: OutcomeRow['recordHash'],
  dueDate: OutcomeRow['dueDate'],
  detail?: NonNullable<OutcomeRow['detail']>,
];

type Parts = Omit<OutcomeRow, 'seq' | 'outcome' | 'reason' | 'state'>;

/** What a row has beside its columns, as a JSON array without names. */
export function encodeRowBody(row: Parts): string {
  const body: Body = [
    row.sourceId,
    row.userId,
    row.label,
    row.changes,
    row.problems,
    row.userVersion,
    row.link,
    row.recordHash,
    row.dueDate,
  ];
  if (row.detail !== undefined) body.push(row.detail);
  return JSON.stringify(body);
}

export function decodeRowBody(text: string): Parts {
  const [sourceId, userId, label, changes, problems, userVersion, link, recordHash, dueDate, detail] = JSON.parse(
    text,
  ) as Body;
  const parts: Parts = { sourceId, userId, label, changes, problems, userVersion, link, recordHash, dueDate };
  if (detail !== undefined) parts.detail = detail;
  return parts;
}
