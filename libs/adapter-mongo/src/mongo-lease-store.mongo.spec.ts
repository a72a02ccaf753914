import { describeLeaseStoreContract, mongoSubjects } from '#testing';
import { MongoLeaseStore } from './mongo-lease-store.js';

const subjectOf = mongoSubjects();

describeLeaseStoreContract('MongoDB', (clock) => subjectOf((connection) => new MongoLeaseStore(connection, clock)));
