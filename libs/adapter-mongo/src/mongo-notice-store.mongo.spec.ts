import { describeNoticeStoreContract, mongoSubjects } from '#testing';
import { MongoIntegrationRequestStore } from './mongo-integration-request-store.js';
import { MongoNoticeStore } from './mongo-notice-store.js';
import { MongoSyncStore } from './mongo-sync-store.js';
import type { MongoConnection } from './mongo-connection.js';

const subjectOf = mongoSubjects();

describeNoticeStoreContract('MongoDB', () => subjectOf((connection) => noticeParts(connection)));

function noticeParts(connection: MongoConnection) {
  return {
    notices: new MongoNoticeStore(connection),
    syncs: new MongoSyncStore(connection),
    requests: new MongoIntegrationRequestStore(connection),
  };
}
