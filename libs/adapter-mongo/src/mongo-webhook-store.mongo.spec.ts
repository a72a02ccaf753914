import { describeWebhookStoreContract, mongoSubjects } from '#testing';
import { MongoWebhookStore } from './mongo-webhook-store.js';

const subjectOf = mongoSubjects();

describeWebhookStoreContract('MongoDB', () => subjectOf((connection) => new MongoWebhookStore(connection)));
