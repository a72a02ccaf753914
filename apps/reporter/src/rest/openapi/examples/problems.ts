import type { z } from 'zod';
import { type problemDocument, toProblemDocument } from '../../http/problem-document.js';
import { type FieldProblem, type ProblemCode, ProblemError } from '../../http/problem.errors.js';
import { story } from './story.js';

const { integration, syncs } = story;
const requestId = '8f14e45f-ceea-4a7b-9c1d-3b0a2f6d7e51';

interface Told {
  detail: string;
  errors?: FieldProblem[];
}

function one(detail: string, place: Omit<FieldProblem, 'message'>): Told {
  return { detail, errors: [{ ...place, message: detail }] };
}

const notJson = 'The body is not JSON at character 17: comma expected.';
const noTag = 'Read it first, and send its ETag as If-Match, so that nobody’s change is lost.';
const keyReused = 'This key was used for another request within the last 24 hours. Take a new key for a new request.';

/** What each problem tells. */
const told: Record<ProblemCode, Told> = {
  malformedRequest: { detail: 'The request is not one that HTTP allows here. Check its address and headers.' },
  malformedJson: one(notJson, { pointer: '', code: 'malformedJson', position: 17 }),
  invalidRequest: {
    detail: 'Correct limit and send it again.',
    errors: [{ parameter: 'limit', code: 'invalid', message: 'A whole number from 1 to 500 is expected.' }],
  },
  unauthenticated: { detail: 'Send an API key: Authorization: Bearer mus_…' },
  forbidden: { detail: 'This needs a key of the role admin or higher; this one is a viewer’s.' },
  notFound: { detail: 'There is nothing here that this key may see. Check the ids in the address.' },
  methodNotAllowed: { detail: 'This address knows GET, PATCH.' },
  requestTimeout: { detail: 'The request did not arrive in time. Send it again.' },
  alreadyEnded: { detail: 'There is nothing left to stop. Reject what is held, if that is what you want.' },
  alreadyUndone: { detail: `Sync ${syncs.undo} undoes it. To take that back, undo sync ${syncs.undo}.` },
  attributeInUse: {
    detail: `The active mapping of integration ${integration} has an expression for custom.costCentre. Activate one without it first.`,
  },
  connectorMissing: { detail: 'This Muster has no connector acme-hr. Install it, or disable the integration.' },
  dryFirst: { detail: 'Run a dry sync, look at its plan and approve it, or sync live after it has completed.' },
  editRefused: { detail: 'Somebody else changed this user at the same moment. Read it and try again.' },
  integrationDisabled: { detail: `Enable integration ${integration} first.` },
  nameTaken: one(`Integration ${integration} of this tenant has that name already.`, {
    pointer: '/name',
    code: 'notAllowed',
  }),
  noActiveMapping: { detail: 'Save a mapping and activate it, or name a version. A dry sync works without one.' },
  noOwner: { detail: 'Users without an owning integration cannot be changed by hand yet.' },
  noSourceId: {
    detail:
      'The mapping of Acme HR tells people apart by employeeId, so that Muster does not know this user by the source’s own id. Name it: start a sync of the integration with person.',
  },
  notEnded: { detail: 'The sync is still at work (applying). Wait for its end, or cancel it; then undo it.' },
  nothingToUndo: {
    detail: 'It has changed nobody. Look at its outcomes; only those that were applied can be taken back.',
  },
  notApprovable: {
    detail: 'All that is left is held by safeguards. Look at it, then name outcomes by id or send includeHeld: true.',
  },
  noKeyPairs: { detail: 'Muster makes no key pair of this kind for this connector.' },
  notPushed: { detail: 'Acme HR is read by Muster; nobody pushes people to it.' },
  nothingFailed: { detail: `Integration ${integration} has no sync with a plan. Run a dry sync first.` },
  notNewestSnapshot: { detail: 'Replay it dry to look at it, or sync live from the source.' },
  notPlanned: { detail: `Sync ${syncs.impact} has no whole plan: it has not come that far, or has failed.` },
  personUnsupported: {
    detail: 'The connector acme-hr reads everybody or nobody. Start a sync of the integration, without person.',
  },
  planChanged: one('The plan hash is not that of this sync’s plan. Read the sync again and look at what it plans.', {
    pointer: '/planHash',
    code: 'notAllowed',
  }),
  requestMoved: {
    detail: 'The request is deployed; declined does not follow that. Read it again and see what its steps say.',
  },
  requestInWork: {
    detail: 'The same request is being carried out right now. Send it again in a moment to get its answer.',
  },
  snapshotsDiffer: {
    detail: 'The two have read the source at different times. Replay the snapshot of one of them, and compare.',
  },
  snapshotGone: { detail: 'That snapshot is past retention. Sync again from the source.' },
  standardAttribute: { detail: 'department is a standard attribute. Leave it without an expression instead.' },
  tooManyKeyPairs: { detail: 'There are two already. Drop the one that nobody uses any more.' },
  tooManyTokens: { detail: 'This integration has 2 tokens already. Withdraw one that is not used any more.' },
  superseded: { detail: `Sync ${syncs.live} has taken its place. Look at that one.` },
  preconditionFailed: { detail: 'The user has another version than If-Match says. Read it again.' },
  bodyTooLarge: { detail: 'A body may have 1048576 bytes. Send less at once.' },
  uriTooLong: { detail: 'A part of the address is longer than any id.' },
  unsupportedMediaType: {
    detail: 'Send the body as application/json.',
    errors: [{ parameter: 'Content-Type', code: 'invalid', message: 'application/json is expected.' }],
  },
  idempotencyKeyReused: one(keyReused, { parameter: 'Idempotency-Key', code: 'notAllowed' }),
  mappingInvalid: {
    detail: 'Define custom.badge first (PUT …/attributes/{name}), or leave the expression out.',
    errors: [
      {
        pointer: '/attributes/custom.badge',
        code: 'unknownAttribute',
        message: 'There is no attribute custom.badge.',
      },
    ],
  },
  unprocessable: {
    detail:
      'The filter cannot be read at character 11. An operator is expected here: eq, ne, co, sw, ew, gt, ge, lt, le or pr.',
    errors: [
      {
        parameter: 'filter',
        code: 'invalid',
        message: 'An operator is expected here: eq, ne, co, sw, ew, gt, ge, lt, le or pr.',
        position: 11,
      },
    ],
  },
  preconditionRequired: one(noTag, { parameter: 'If-Match', code: 'required' }),
  tooManyRequests: {
    detail: 'This key has sent more than 600 requests in a minute. Wait 3 s; to follow a sync, read its events.',
  },
  tooManyStreams: {
    detail: 'This key has 20 event streams open at this server. End one of them, or read lists instead.',
  },
  headersTooLarge: { detail: 'The headers are larger than 16 KiB.' },
  internal: { detail: 'This is a fault of Muster. Its log has more under this request’s id.' },
  unavailable: {
    detail: 'A store or the message bus is away. Try again in a few seconds; /readyz says what is missing.',
  },
};

/** The same where what is wrong is in a body. */
const toldOfBody: Partial<Record<ProblemCode, Told>> = {
  invalidRequest: {
    detail: 'Correct /name and send it again.',
    errors: [{ pointer: '/name', code: 'required', message: 'This field is required.' }],
  },
  unprocessable: {
    detail: 'There is no such connector. GET /v1/connectors lists them.',
    errors: [
      {
        pointer: '/connectorId',
        code: 'notAllowed',
        message: 'There is no such connector. GET /v1/connectors lists them.',
      },
    ],
  },
};

/** A problem as the API would answer with it, and its name among the document's examples. */
export function problemExample(
  code: ProblemCode,
  takesBody: boolean,
): { name: string; value: z.output<typeof problemDocument> } {
  const ofBody = takesBody ? toldOfBody[code] : undefined;
  const { detail, errors } = ofBody ?? told[code];
  return {
    name: ofBody === undefined ? code : `${code}OfBody`,
    value: toProblemDocument(new ProblemError(code, detail, errors), requestId),
  };
}
