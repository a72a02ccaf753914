export { describeConnectorContract } from './describe-connector-contract.js';
export type { ContractSource, ContractSubject, GivenSource, TestRunner } from './contract-subject.js';
export { HTTP_FAULTS } from './http-fault.js';
export type { HttpFault, HttpFaultKind } from './http-fault.js';
export { simulateSource } from './simulated-source.js';
export type {
  AnswerRequest,
  SimulatedAnswer,
  SimulatedRequest,
  SimulatedSource,
  SimulateSourceOptions,
} from './simulated-source.js';
export { forwardTo } from './forward-to.js';
export { PeoplePages, SOURCE_QUIRKS } from './people-pages.js';
export type { PeoplePage, SourceQuirk } from './people-pages.js';
export { readFetch } from './read-fetch.js';
export type { ReadFetch } from './read-fetch.js';
export { replayReplies } from './replay-replies.js';
export type { ReplayOptions } from './replay-replies.js';
export type { RecordedReply } from './recorded-reply.js';
export { RecordingClient } from './recording-client.js';
export { Scrubber } from './scrubber.js';
