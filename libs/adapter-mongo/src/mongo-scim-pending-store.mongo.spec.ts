import { describeScimPendingStoreContract, mongoSubjects } from '#testing';
import { MongoScimPendingStore } from './mongo-scim-pending-store.js';
import { MongoScimResourceStore } from './mongo-scim-resource-store.js';

const subjectOf = mongoSubjects();

describeScimPendingStoreContract('MongoDB', () =>
  subjectOf((connection) => ({
    pending: new MongoScimPendingStore(connection),
    resources: new MongoScimResourceStore(connection),
  })),
);
