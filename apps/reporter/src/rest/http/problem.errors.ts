/** Every problem that the API can answer with: its status and its title. The code is stable, the rest is for people. */
export const problems = {
  malformedRequest: [400, 'The request cannot be read'],
  malformedJson: [400, 'The body is not JSON'],
  invalidRequest: [400, 'The request does not fit the API’s description'],
  unauthenticated: [401, 'An API key is needed'],
  forbidden: [403, 'This key’s role is not enough'],
  notFound: [404, 'Not found'],
  methodNotAllowed: [405, 'This address does not know the method'],
  requestTimeout: [408, 'The request came too slowly'],
  alreadyEnded: [409, 'The sync has ended'],
  alreadyUndone: [409, 'The sync has been undone already'],
  attributeInUse: [409, 'The attribute is in use'],
  connectorMissing: [409, 'The integration’s connector is not installed'],
  dryFirst: [409, 'A dry sync must come first'],
  editRefused: [409, 'The change was refused'],
  integrationDisabled: [409, 'The integration is disabled'],
  nameTaken: [409, 'Another one has this name'],
  noActiveMapping: [409, 'The integration has no active mapping'],
  noKeyPairs: [409, 'Muster makes no such key pair for this integration'],
  noOwner: [409, 'No integration owns this user'],
  noSourceId: [409, 'The user’s id at the source is not known'],
  notEnded: [409, 'The sync has not ended'],
  nothingToUndo: [409, 'There is nothing to undo'],
  notApprovable: [409, 'Nothing can be approved or rejected now'],
  nothingFailed: [409, 'No record of that sync failed'],
  notNewestSnapshot: [409, 'Only the newest complete snapshot may be replayed live'],
  notPlanned: [409, 'There is no plan yet'],
  notPushed: [409, 'Nobody pushes people to this integration'],
  personUnsupported: [409, 'The connector cannot fetch one person'],
  planChanged: [409, 'The plan is another one'],
  requestMoved: [409, 'The integration request has gone on'],
  requestInWork: [409, 'The same request is being carried out'],
  snapshotsDiffer: [409, 'The syncs have read different snapshots'],
  snapshotGone: [409, 'The snapshot is not there'],
  standardAttribute: [409, 'Standard attributes stay'],
  superseded: [409, 'A newer sync has superseded this one'],
  tooManyKeyPairs: [409, 'The integration has as many key pairs as it may'],
  tooManyTokens: [409, 'The integration has as many tokens as it may'],
  preconditionFailed: [412, 'Somebody else changed it meanwhile'],
  bodyTooLarge: [413, 'The body is too large'],
  uriTooLong: [414, 'The address is too long'],
  unsupportedMediaType: [415, 'The body’s media type is not supported'],
  idempotencyKeyReused: [422, 'The Idempotency-Key stands for another request'],
  mappingInvalid: [422, 'The mapping cannot be saved'],
  unprocessable: [422, 'The request is well formed and cannot be carried out'],
  preconditionRequired: [428, 'If-Match is needed'],
  tooManyRequests: [429, 'Too many requests'],
  tooManyStreams: [429, 'Too many event streams are open'],
  headersTooLarge: [431, 'The headers are too large'],
  internal: [500, 'Something went wrong here'],
  unavailable: [503, 'Not available right now'],
} as const satisfies Record<string, readonly [status: number, title: string]>;
export type ProblemCode = keyof typeof problems;

/** What is wrong with one field of a request. Never quotes the value. */
export interface FieldProblem {
  /** JSON pointer (RFC 6901) into the body; exclusive with `parameter`. */
  pointer?: string;
  /** Name of a path or query parameter, or of a header. */
  parameter?: string;
  code: string;
  message: string;
  /** 0-based offset in an expression, or in the body when that is not JSON. */
  position?: number;
}

/** An answer that is a problem document (RFC 9457). `detail` says what happened and what to do next. */
export class ProblemError extends Error {
  constructor(
    readonly code: ProblemCode,
    readonly detail: string,
    readonly errors: readonly FieldProblem[] = [],
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(detail);
    this.name = 'ProblemError';
  }
}

/** The one answer to an unknown id and to another tenant's: nobody can tell them apart. */
export function notFound(): ProblemError {
  return new ProblemError('notFound', 'There is nothing here that this key may see. Check the ids in the address.');
}
