import { localDate } from './clock.js';
import { newId } from './ids.js';
import type { Sync } from './sync.js';

/** What differs from one queued sync to another. */
export type NewSync = Pick<
  Sync,
  'tenantId' | 'integrationId' | 'mode' | 'trigger' | 'lane' | 'frozen' | 'now' | 'requestedBy'
> &
  Partial<
    Pick<Sync, 'id' | 'person' | 'snapshotOf' | 'failedOf' | 'reread' | 'session' | 'edit' | 'undo' | 'inPipeline'>
  >;

/** Whom a sync names as its requester when nobody asked for it. */
export const requestedByMuster = 'muster';

/** The row of a sync that nobody has begun. `now` is also when it was made; left out, its id is new and the snapshot its own. */
export function newSync({
  id = newId('sync'),
  now,
  person = null,
  snapshotOf,
  failedOf = null,
  reread = false,
  session = null,
  edit = null,
  undo = null,
  inPipeline = false,
  ...parts
}: NewSync): Omit<Sync, 'generation'> {
  return {
    id,
    ...parts,
    state: 'queued',
    now,
    today: localDate(now, parts.frozen.timeZone),
    person,
    snapshotOf: snapshotOf ?? id,
    failedOf,
    reread,
    session,
    edit,
    undo,
    inPipeline,
    turn: 0,
    round: -1,
    cancelRequested: false,
    supersededBy: null,
    republished: false,
    failure: null,
    createdAt: now,
    startedAt: null,
    plannedAt: null,
    settledAt: null,
    endedAt: null,
    progressedAt: now,
  };
}
