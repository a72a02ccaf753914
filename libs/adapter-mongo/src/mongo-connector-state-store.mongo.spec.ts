import { describeConnectorStateStoreContract, mongoSubjects } from '#testing';
import { MongoConnectorStateStore } from './mongo-connector-state-store.js';

const subjectOf = mongoSubjects();

describeConnectorStateStoreContract('MongoDB', () =>
  subjectOf((connection) => new MongoConnectorStateStore(connection)),
);
