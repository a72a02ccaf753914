import { KafkaJSConnectionError, KafkaJSProtocolError } from 'kafkajs';
import { describe, expect, it } from 'vitest';
import { RejectedRecordError, RetriableError } from '#core';
import { isLostMembership, translateError } from './translate-error.js';

const place = 'kafka-1:9092';

function answered(type: string): KafkaJSProtocolError {
  return new KafkaJSProtocolError({ message: 'the broker said no', type, code: 1, retriable: false } as never);
}

describe('translateError', () => {
  it.each([
    ['SASL_AUTHENTICATION_FAILED', 'KAFKA_SASL_PASSWORD'],
    ['TOPIC_AUTHORIZATION_FAILED', 'rights'],
    ['MESSAGE_TOO_LARGE', 'max.message.bytes'],
    ['UNKNOWN_TOPIC_OR_PARTITION', 'KAFKA_TOPIC_PREFIX'],
    ['NOT_ENOUGH_REPLICAS', 'KAFKA_REPLICATION_FACTOR'],
    ['INVALID_SESSION_TIMEOUT', 'KAFKA_SESSION_TIMEOUT_MS'],
    ['KAFKA_STORAGE_ERROR', 'disk'],
    ['ILLEGAL_GENERATION', 'partitions to another'],
  ])('makes of %s an outage that names %s', (type, named) => {
    const translated = translateError(answered(type), place);
    expect(translated).toBeInstanceOf(RetriableError);
    expect(translated).toMatchObject({ code: 'busUnavailable', context: { reason: type } });
    expect((translated as Error).message).toContain(named);
    expect((translated as Error).message).toContain(place);
  });

  it('names what lies beneath the retries that failed', () => {
    const refused = new KafkaJSConnectionError('connect', { broker: place, code: 'ECONNREFUSED' });
    const given = Object.assign(new Error('gave up', { cause: refused }), { name: 'KafkaJSNumberOfRetriesExceeded' });
    expect(translateError(given, place)).toMatchObject({ code: 'busUnavailable', context: { reason: 'ECONNREFUSED' } });
  });

  it('leaves what is no error of the driver as it is', () => {
    for (const error of [new TypeError('ours'), new RejectedRecordError('recordRefused', 'too large'), 'text']) {
      expect(translateError(error, place)).toBe(error);
    }
  });
});

describe('isLostMembership', () => {
  it('knows the answers after which a consumer has to join again', () => {
    expect(isLostMembership(answered('REBALANCE_IN_PROGRESS'))).toBe(true);
    expect(isLostMembership(answered('COORDINATOR_LOAD_IN_PROGRESS'))).toBe(false);
  });
});
