import type { FrozenSettings, Link, Sync } from '#core';
import type { PageIdentities, SeenOfPage } from './page-job.js';

/**
 * Which records of a page need no mapping: their bytes, mapping and settings are those last seen under their link, and no
 * date has come on which the same bytes mean something else. The reconciler still compares the user's version.
 */
export function seenRecords(
  { sourceIds, recordHashes }: PageIdentities,
  links: ReadonlyMap<string, Link>,
  { frozen, today }: Pick<Sync, 'frozen' | 'today'>,
  firstSeq: number,
): SeenOfPage {
  const result: SeenOfPage = { seen: { seqs: [], sourceIds: [], userIds: [], userVersions: [] }, indexes: [] };
  sourceIds.forEach((sourceId, index) => {
    const link = sourceId === null ? undefined : links.get(sourceId);
    if (sourceId === null || link === undefined || !isUnchanged(link, recordHashes[index], frozen, today)) return;
    result.indexes.push(index);
    result.seen.seqs.push(firstSeq + index);
    result.seen.sourceIds.push(sourceId);
    result.seen.userIds.push(link.userId);
    result.seen.userVersions.push(link.seen?.userVersion ?? 0);
  });
  return result;
}

function isUnchanged(
  { presence, seen }: Link,
  recordHash: string | undefined,
  { mapping, attributesRevision, settingsRevision }: FrozenSettings,
  today: string,
): boolean {
  return (
    presence === 'present' &&
    seen !== null &&
    seen.recordHash === recordHash &&
    seen.mappingVersion === mapping?.version &&
    seen.attributesRevision === attributesRevision &&
    seen.settingsRevision === settingsRevision &&
    (seen.dueDate === null || seen.dueDate > today)
  );
}
