import { describeCheckStoreContract, mongoSubjects } from '#testing';
import { MongoCheckStore } from './mongo-check-store.js';

const subjectOf = mongoSubjects();

describeCheckStoreContract('MongoDB', () => subjectOf((connection) => new MongoCheckStore(connection)));
