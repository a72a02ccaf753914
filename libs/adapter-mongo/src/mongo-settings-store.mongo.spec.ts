import { describeSettingsStoreContract, mongoSubjects } from '#testing';
import { MongoSettingsStore } from './mongo-settings-store.js';

const subjectOf = mongoSubjects();

describeSettingsStoreContract('MongoDB', () => subjectOf((connection) => new MongoSettingsStore(connection)));
