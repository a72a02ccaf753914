import { describeScimTokenStoreContract, mongoSubjects } from '#testing';
import { MongoScimTokenStore } from './mongo-scim-token-store.js';

const subjectOf = mongoSubjects();

describeScimTokenStoreContract('MongoDB', () => subjectOf((connection) => new MongoScimTokenStore(connection)));
