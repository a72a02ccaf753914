export type { components, paths } from './api-types.js';
export type { AnswerTo, BodyOf, ItemOf, Method, Path, PathParameters, PathWith, QueryOf } from './contract.js';
export { createMusterClient, type MusterClient, type MusterClientOptions } from './muster-client.js';
export type * from './schemas.js';
