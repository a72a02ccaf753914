import type { UserId } from '#core';

export type KeyKind = 'email' | 'employeeId';

/**
 * An outcome that a key passes from or to: a record's sequence, or the removal of a user who has no record in the
 * snapshot.
 */
export type OutcomeRef = number | UserId;

/** One record's wish for a key that its user does not have now and that somebody else has or wants too. */
export interface KeyClaim {
  seq: number;
  kind: KeyKind;
  key: string;
  /** The active user who has the key in the directory. */
  holder: {
    userId: UserId;
    /** The outcome by which it lets go; null when it keeps the key. */ releasedBy: OutcomeRef | null;
  } | null;
}

export interface KeyCollision {
  kind: KeyKind;
  otherSeqs: number[];
  otherUserIds: UserId[];
}

export interface KeyResolution {
  /** Claimants that don't get their key, by sequence. */
  failed: Map<number, KeyCollision>;
  /** Outcomes between which keys pass: each group is decided, held and applied as one. */
  transfers: OutcomeRef[][];
}

/** More people than this in one transfer are refused together: they could not be written in one transaction. */
export const maxTransferSize = 200;

/**
 * Decides who gets which key, whatever the order of arrival. Who keeps a key that is already theirs stands; all other
 * claimants fail. A failed record's user keeps their keys, so that one failure may cause another: repeated until
 * nothing changes.
 */
export function resolveKeys(unordered: readonly KeyClaim[]): KeyResolution {
  const claims = [...unordered].sort((left, right) => left.seq - right.seq || (left.kind < right.kind ? -1 : 1));
  const failed = new Map<number, KeyCollision>();
  const byKey = new Map<string, KeyClaim[]>();
  for (const claim of claims) {
    const name = `${claim.kind}:${claim.key}`;
    const group = byKey.get(name);
    if (group === undefined) byKey.set(name, [claim]);
    else group.push(claim);
  }
  for (;;) {
    settleToFixedPoint(byKey, failed);
    const transfers = transferGroups(claims, failed);
    const tooLarge = transfers.filter((group) => group.length > maxTransferSize);
    if (tooLarge.length === 0) return { failed, transfers };
    const members = new Set(tooLarge.flat());
    for (const claim of claims) {
      if (claim.holder !== null && members.has(claim.seq) && !failed.has(claim.seq)) {
        failed.set(claim.seq, { kind: claim.kind, otherSeqs: [], otherUserIds: [claim.holder.userId] });
      }
    }
  }
}

function settleToFixedPoint(byKey: Map<string, KeyClaim[]>, failed: Map<number, KeyCollision>): void {
  for (let changed = true; changed;) {
    changed = false;
    for (const group of byKey.values()) {
      const [first] = group;
      if (first === undefined) continue;
      const { holder } = first;
      const kept =
        holder !== null &&
        (holder.releasedBy === null || (typeof holder.releasedBy === 'number' && failed.has(holder.releasedBy)));
      // All who claim at the start compete, also those that failed meanwhile: else the order of looking would decide.
      if (!kept && group.length < 2) continue;
      for (const claim of group) {
        if (failed.has(claim.seq)) continue;
        failed.set(claim.seq, {
          kind: claim.kind,
          otherSeqs: group
            .filter(({ seq }) => seq !== claim.seq)
            .map(({ seq }) => seq)
            .slice(0, 10),
          otherUserIds: holder === null ? [] : [holder.userId],
        });
        changed = true;
      }
    }
  }
}

/** Connected groups of outcomes along which keys pass. */
function transferGroups(claims: readonly KeyClaim[], failed: ReadonlyMap<number, KeyCollision>): OutcomeRef[][] {
  const parent = new Map<OutcomeRef, OutcomeRef>();
  const find = (start: OutcomeRef): OutcomeRef => {
    let ref = start;
    for (let up = parent.get(ref); up !== undefined && up !== ref; up = parent.get(ref)) ref = up;
    parent.set(start, ref);
    return ref;
  };
  for (const { seq, holder } of claims) {
    if (holder === null || holder.releasedBy === null || failed.has(seq)) continue;
    for (const ref of [seq, holder.releasedBy]) if (!parent.has(ref)) parent.set(ref, ref);
    parent.set(find(seq), find(holder.releasedBy));
  }
  const groups = new Map<OutcomeRef, OutcomeRef[]>();
  for (const ref of parent.keys()) {
    const root = find(ref);
    const group = groups.get(root);
    if (group === undefined) groups.set(root, [ref]);
    else group.push(ref);
  }
  return [...groups.values()];
}
