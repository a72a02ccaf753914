import { describeRateBudgetStoreContract, mongoSubjects } from '#testing';
import { MongoRateBudgetStore } from './mongo-rate-budget-store.js';

const subjectOf = mongoSubjects();

describeRateBudgetStoreContract('MongoDB', (clock) =>
  subjectOf((connection) => new MongoRateBudgetStore(connection, clock)),
);
