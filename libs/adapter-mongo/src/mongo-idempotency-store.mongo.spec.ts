import { describeIdempotencyStoreContract, mongoSubjects } from '#testing';
import { MongoIdempotencyStore } from './mongo-idempotency-store.js';

const subjectOf = mongoSubjects();

describeIdempotencyStoreContract('MongoDB', () => subjectOf((connection) => new MongoIdempotencyStore(connection)));
