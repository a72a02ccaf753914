import { describeDeadLetterStoreContract, mongoSubjects } from '#testing';
import { MongoDeadLetterStore } from './mongo-dead-letter-store.js';

const subjectOf = mongoSubjects();

describeDeadLetterStoreContract('MongoDB', () => subjectOf((connection) => new MongoDeadLetterStore(connection)));
