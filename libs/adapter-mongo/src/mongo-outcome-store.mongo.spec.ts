import { describeOutcomeStoreContract, mongoSubjects } from '#testing';
import { MongoOutcomeStore } from './mongo-outcome-store.js';
import { MongoSyncStore } from './mongo-sync-store.js';

const subjectOf = mongoSubjects();

describeOutcomeStoreContract('MongoDB', () =>
  subjectOf((connection) => ({
    outcomes: new MongoOutcomeStore(connection),
    syncs: new MongoSyncStore(connection),
  })),
);
