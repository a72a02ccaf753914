import assert from 'node:assert/strict';
import {
  SourceConfigurationError,
  SourceCredentialsError,
  SourceError,
  SourceFatalError,
  SourceRetriableError,
} from '../../source.errors.js';
import type { ContractCase } from '../contract-case.js';
import type { ContractRun, FetchRun } from '../contract-run.js';

/** Each with how many requests it leaves alone first: in the first answer, and in a later one where there are several. */
const places = [0, 1];

export const httpFaultCases: readonly ContractCase[] = [
  {
    name: 'gets over two server errors in a row',
    http: true,
    run: async (run) => {
      for (const after of places) {
        run.misbehave({ kind: 'serverError', times: 2, after });
        isEverybody(run, await run.fetch());
      }
    },
  },
  {
    name: 'waits as long as Retry-After says',
    http: true,
    run: async (run) => {
      run.misbehave({ kind: 'rateLimit', times: 2, retryAfterSeconds: 7 });
      const read = await run.fetch();
      isEverybody(run, read);
      assert.equal(read.waits.length, 2, 'it must wait by context.http, once for each 429');
      assert.ok(
        read.waits.every((ms) => ms >= 7000),
        `it waited ${read.waits.join(' and ')} ms, not 7000 or more`,
      );
    },
  },
  {
    name: 'reads an answer that comes in the smallest of parts',
    http: true,
    run: async (run) => {
      run.misbehave({ kind: 'drip' });
      isEverybody(run, await run.fetch());
    },
  },
  {
    name: 'gets a new token when the old one expires on the way, or says that it is refused',
    http: true,
    run: async (run) => {
      for (const after of places) {
        run.misbehave({ kind: 'expiredToken', after });
        const read = await run.fetch();
        if (run.subject.signIn === 'renewed' || read.error === undefined) isEverybody(run, read);
        else assert.ok(read.error instanceof SourceCredentialsError, thrown(read));
        run.http.behave();
      }
    },
  },
  ...endsWith('serverError', SourceRetriableError),
  ...endsWith('rateLimit', SourceRetriableError),
  ...endsWith('unauthorized', SourceCredentialsError),
  ...endsWith('redirect', SourceConfigurationError),
  ...endsWith('gzipBomb', SourceFatalError),
  ...(['cut', 'cutCleanly', 'stall', 'empty', 'webPage'] as const).map((kind): ContractCase => ({
    name: `takes no answer for whole that is not: ${kind}`,
    http: true,
    given: () => ({ timeoutSeconds: kind === 'stall' ? 1 : 30 }),
    run: async (run) => {
      for (const after of places) {
        const before = run.http.requests;
        run.misbehave({ kind, after });
        const read = await run.fetch({ maxAttempts: kind === 'stall' ? 1 : 2 });
        if (run.http.requests - before > after) isNotWhole(read);
      }
    },
  })),
];

/** A fault that lasts ends the fetch with an error of the class that says what happens next. */
function endsWith(
  kind: 'serverError' | 'rateLimit' | 'unauthorized' | 'redirect' | 'gzipBomb',
  errorClass: abstract new (...args: never[]) => SourceError,
): ContractCase[] {
  return [
    {
      name: `ends with a ${errorClass.name} at ${kind} without end`,
      http: true,
      run: async (run) => {
        run.misbehave({ kind });
        const before = run.http.requests;
        const { error } = await run.fetch();
        assert.ok(error instanceof errorClass, thrown({ error }));
        assert.ok(run.http.requests - before <= 20, 'it asks again and again');
      },
    },
  ];
}

function isEverybody(run: ContractRun, { ids, end, error }: FetchRun): void {
  assert.ifError(error);
  assert.deepEqual(ids, run.ids);
  assert.equal(end?.lastPageSeen, true);
}

function isNotWhole({ end, error }: FetchRun): void {
  if (error === undefined) assert.equal(end?.lastPageSeen, false, 'it says that it has seen the last page');
  else assert.ok(error instanceof SourceError, thrown({ error }));
}

function thrown({ error }: Pick<FetchRun, 'error'>): string {
  return `not with ${error instanceof Error ? `${error.name}: ${error.message}` : typeof error}`;
}
