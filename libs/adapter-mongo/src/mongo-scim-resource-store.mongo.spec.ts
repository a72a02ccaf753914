import { describeScimResourceStoreContract, mongoSubjects } from '#testing';
import { MongoScimResourceStore } from './mongo-scim-resource-store.js';

const subjectOf = mongoSubjects();

describeScimResourceStoreContract('MongoDB', () => subjectOf((connection) => new MongoScimResourceStore(connection)));
