import { describeScheduleStoreContract, mongoSubjects } from '#testing';
import { MongoScheduleStore } from './mongo-schedule-store.js';
import { MongoSettingsStore } from './mongo-settings-store.js';
import { MongoSyncStore } from './mongo-sync-store.js';

const subjectOf = mongoSubjects();

describeScheduleStoreContract('MongoDB', () =>
  subjectOf((connection) => ({
    schedules: new MongoScheduleStore(connection),
    settings: new MongoSettingsStore(connection),
    syncs: new MongoSyncStore(connection),
  })),
);
