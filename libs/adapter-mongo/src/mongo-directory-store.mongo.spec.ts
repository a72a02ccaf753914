import { describeDirectoryStoreContract, mongoSubjects } from '#testing';
import { MongoDirectoryStore } from './mongo-directory-store.js';
import { MongoSyncStore } from './mongo-sync-store.js';

const subjectOf = mongoSubjects();

describeDirectoryStoreContract('MongoDB', () =>
  subjectOf((connection) => ({
    directory: new MongoDirectoryStore(connection),
    syncs: new MongoSyncStore(connection),
  })),
);
