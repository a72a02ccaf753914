import { describeSnapshotStoreContract, mongoSubjects } from '#testing';
import { MongoSnapshotStore } from './mongo-snapshot-store.js';

const subjectOf = mongoSubjects();

describeSnapshotStoreContract('MongoDB', () => subjectOf((connection) => new MongoSnapshotStore(connection)));
