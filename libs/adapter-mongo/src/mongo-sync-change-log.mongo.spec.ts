import { describeSyncChangeLogContract, mongoSubjects } from '#testing';
import { MongoSyncChangeLog } from './mongo-sync-change-log.js';
import { MongoSyncStore } from './mongo-sync-store.js';

const subjectOf = mongoSubjects();

describeSyncChangeLogContract('MongoDB', () =>
  subjectOf((connection) => ({ changes: new MongoSyncChangeLog(connection), syncs: new MongoSyncStore(connection) })),
);
