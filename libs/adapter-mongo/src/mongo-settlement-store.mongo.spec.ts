import { describeSettlementStoreContract, mongoSubjects } from '#testing';
import { MongoSettlementStore } from './mongo-settlement-store.js';

const subjectOf = mongoSubjects();

describeSettlementStoreContract('MongoDB', () => subjectOf((connection) => new MongoSettlementStore(connection)));
