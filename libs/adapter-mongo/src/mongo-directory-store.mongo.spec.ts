import { describeDirectoryStoreContract, mongoSubjects } from '#testing';
import { MongoDirectoryStore } from './mongo-directory-store.js';

const subjectOf = mongoSubjects();

describeDirectoryStoreContract('MongoDB', () => subjectOf((connection) => new MongoDirectoryStore(connection)));
