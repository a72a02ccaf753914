import { describeIntegrationRequestStoreContract, mongoSubjects } from '#testing';
import { MongoIntegrationRequestStore } from './mongo-integration-request-store.js';

const subjectOf = mongoSubjects();

describeIntegrationRequestStoreContract('MongoDB', () =>
  subjectOf((connection) => new MongoIntegrationRequestStore(connection)),
);
