import { describeSyncStoreContract, mongoSubjects } from '#testing';
import { MongoSnapshotStore } from './mongo-snapshot-store.js';
import { MongoSyncStore } from './mongo-sync-store.js';

const subjectOf = mongoSubjects();

describeSyncStoreContract('MongoDB', () =>
  subjectOf((connection) => ({
    syncs: new MongoSyncStore(connection),
    snapshots: new MongoSnapshotStore(connection),
  })),
);
