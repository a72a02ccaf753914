import { createHmac, hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Clock, derivedId, type Id, IdempotencyStore, type JsonObject, newId, SecretBox, type TenantId } from '#core';
import { Answer } from './answer.js';
import { ProblemError } from './problem.errors.js';
import { requestContext, setRequestContext } from './request-context.js';

const headerName = 'idempotency-key';
const keptMs = 24 * 60 * 60 * 1000;
/** Longer than any command waits for what it started. */
const busyMs = 2 * 60 * 1000;

/** An answer as it is kept: with what a key of ours, a user's values or an integration's settings may hold. */
interface KeptAnswer {
  status: number;
  headers: Record<string, string>;
  body: string | null;
}

/**
 * Carries out a command once, however often its caller sends it under one `Idempotency-Key` within 24 hours: later
 * sendings get the answer again, from whatever process. Only what went well is kept; a refusal did nothing, so it is
 * judged anew. Answers are sealed.
 */
@Injectable()
export class RepeatableRequests {
  constructor(
    private readonly store: IdempotencyStore,
    private readonly box: SecretBox,
    private readonly clock: Clock,
  ) {}

  /** @throws ProblemError `requestInWork`, `idempotencyKeyReused`, `invalidRequest` for a key that is none */
  async once(request: FastifyRequest, carryOut: () => Promise<Answer<unknown>>): Promise<Answer<unknown>> {
    const key = readKey(request.headers[headerName]);
    if (key === null) return carryOut();
    const context = requestContext(request);
    const sealedFor = context.tenant?.id ?? ('operators' as TenantId);
    const id = hash('sha256', JSON.stringify([context.caller?.keyId ?? null, key]), 'base64url');
    const nowMs = this.clock.nowMs();
    const claim = await this.store.claim({
      id,
      fingerprint: fingerprintOf(request, key),
      at: new Date(nowMs).toISOString(),
      busyUntil: new Date(nowMs + busyMs).toISOString(),
      forgottenBefore: new Date(nowMs - keptMs).toISOString(),
    });
    if (claim.kind === 'answered') return this.open(sealedFor, claim.answer);
    if (claim.kind !== 'claimed') throw refusalOf(claim.kind);
    setRequestContext(request, { ...context, repeatSeed: `${id}:${claim.since}` });
    let answer: Answer<unknown>;
    try {
      answer = await carryOut();
    } catch (error) {
      await (error instanceof ProblemError ? this.store.forget(id) : this.store.release(id));
      throw error;
    }
    await this.store.answer(id, this.seal(sealedFor, answer));
    return answer;
  }

  private seal(tenantId: TenantId, { body, options }: Answer<unknown>): string {
    const kept: KeptAnswer = {
      status: options.status ?? 200,
      headers: { ...options.headers },
      body: body === undefined ? null : JSON.stringify(body),
    };
    return this.box.seal(tenantId, kept as unknown as JsonObject);
  }

  private open(tenantId: TenantId, sealed: string): Answer<unknown> {
    const { status, headers, body } = this.box.open(tenantId, sealed) as unknown as KeptAnswer;
    return new Answer(body ?? undefined, { status, headers: { ...headers, 'idempotent-replayed': 'true' } });
  }
}

/**
 * The id of a thing that a command makes: of a repeated command, the one that its first sending may have made already.
 *
 * @param repeatSeed the command's `repeatSeed`
 */
export function idOfMade<Kind extends Parameters<typeof newId>[0]>(kind: Kind, repeatSeed: string | null): Id<Kind> {
  return repeatSeed === null ? newId(kind) : derivedId(kind, repeatSeed);
}

function readKey(header: string | string[] | undefined): string | null {
  if (header === undefined) return null;
  const [, quoted, plain] = /^(?:"([\x20-\x21\x23-\x7e]{1,255})"|([\x21-\x7e]{1,255}))$/.exec(String(header)) ?? [];
  const key = quoted ?? plain;
  if (key !== undefined) return key;
  const message = '1 to 255 printable ASCII characters are expected, such as a UUID.';
  throw new ProblemError('invalidRequest', `Correct Idempotency-Key: ${message}`, [
    { parameter: 'Idempotency-Key', code: 'invalid', message },
  ]);
}

/** Tells requests apart. Bound to the key, which nobody keeps: a body with a secret cannot be guessed from it. */
function fingerprintOf(request: FastifyRequest, key: string): string {
  const { method, url, body } = request;
  const asked = JSON.stringify([method, url, request.headers['if-match'] ?? null, sorted(body) ?? null]);
  return createHmac('sha256', key).update(asked).digest('base64url');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, child]) => [name, sorted(child)]));
}

function refusalOf(kind: 'busy' | 'otherRequest'): ProblemError {
  if (kind === 'busy') {
    const detail = 'The same request is being carried out right now. Send it again in a moment to get its answer.';
    return new ProblemError('requestInWork', detail, [], { 'retry-after': '1' });
  }
  const message = 'This key was used for another request within the last 24 hours. Take a new key for a new request.';
  return new ProblemError('idempotencyKeyReused', message, [
    { parameter: 'Idempotency-Key', code: 'notAllowed', message },
  ]);
}
