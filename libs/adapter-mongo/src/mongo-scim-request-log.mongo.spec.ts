import { describeScimRequestLogContract, mongoSubjects } from '#testing';
import { MongoScimRequestLog } from './mongo-scim-request-log.js';

const subjectOf = mongoSubjects();

describeScimRequestLogContract('MongoDB', () => subjectOf((connection) => new MongoScimRequestLog(connection)));
