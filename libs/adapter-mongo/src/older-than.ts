/** For lists, newest first (`{ createdAt: -1, id: -1 }`): what comes after a document; everything when there is none. */
export function olderThan<Id extends string>(
  last: { createdAt: string; id: Id } | null,
): { $or?: { createdAt: string | { $lt: string }; id?: { $lt: Id } }[] } {
  if (last === null) return {};
  const { createdAt, id } = last;
  return { $or: [{ createdAt: { $lt: createdAt } }, { createdAt, id: { $lt: id } }] };
}
