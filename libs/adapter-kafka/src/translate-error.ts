import { RejectedRecordError, RetriableError } from '#core';

/** What the errors of kafkajs carry; its classes are not all exported. */
interface DriverError extends Error {
  /** Kafka's name of the error, of those that a broker answered with. */
  type?: string;
  /** What the last try failed with. */
  cause?: unknown;
  /** Of several at once. */
  errors?: unknown[];
  /** Node's name of the error, of sockets. */
  code?: string;
}

function isError(value: unknown): value is DriverError {
  return value instanceof Error;
}

/** The error and what lies beneath it, outermost first. */
function chain(error: unknown): DriverError[] {
  const found: DriverError[] = [];
  for (let next = error; isError(next) && !found.includes(next); next = next.cause ?? next.errors?.[0])
    found.push(next);
  return found;
}

/** Kafka's names for: the partitions of this consumer are being, or have been, given to others. */
const lostTypes = new Set([
  'REBALANCE_IN_PROGRESS',
  'ILLEGAL_GENERATION',
  'UNKNOWN_MEMBER_ID',
  'NOT_COORDINATOR_FOR_GROUP',
  'FENCED_INSTANCE_ID',
]);

function adviceFor(errors: readonly DriverError[], place: string): string {
  const types = new Set(errors.map(({ type }) => type));
  const names = new Set(errors.map(({ name }) => name));
  const has = (...wanted: string[]): boolean => wanted.some((type) => types.has(type));
  if (
    names.has('KafkaJSSASLAuthenticationError') ||
    has('SASL_AUTHENTICATION_FAILED', 'ILLEGAL_SASL_STATE', 'UNSUPPORTED_SASL_MECHANISM')
  ) {
    return `Kafka at ${place} refused the credentials: check KAFKA_SASL_MECHANISM, KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD.`;
  }
  if (has(...lostTypes)) {
    return `Kafka at ${place} gave this consumer's partitions to another: what was not acknowledged is handed out there.`;
  }
  if (has('TOPIC_AUTHORIZATION_FAILED', 'GROUP_AUTHORIZATION_FAILED', 'CLUSTER_AUTHORIZATION_FAILED')) {
    return `Kafka at ${place} does not allow this to the user that KAFKA_SASL_USERNAME names: give it the rights to read and write the topics and groups of Muster.`;
  }
  if (has('MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE')) {
    return `Kafka at ${place} refused a message as too large: set max.message.bytes of the topic to ${String(maxMessageBytes)}.`;
  }
  if (has('UNKNOWN_TOPIC_OR_PARTITION')) {
    return `Kafka at ${place} does not have the topic: Muster creates its topics when a role starts; check KAFKA_TOPIC_PREFIX, or start a role again.`;
  }
  if (has('INVALID_REPLICATION_FACTOR', 'NOT_ENOUGH_REPLICAS', 'NOT_ENOUGH_REPLICAS_AFTER_APPEND')) {
    return `Kafka at ${place} has too few brokers alive for the topic's replicas: start them, or check KAFKA_REPLICATION_FACTOR.`;
  }
  if (has('INVALID_SESSION_TIMEOUT')) {
    return `Kafka at ${place} does not accept the session timeout: keep KAFKA_SESSION_TIMEOUT_MS between the broker's group.min.session.timeout.ms and group.max.session.timeout.ms.`;
  }
  if (has('KAFKA_STORAGE_ERROR', 'LOG_DIR_NOT_FOUND')) {
    return `Kafka at ${place} cannot write to its disk: free space there.`;
  }
  if (errors.some(({ code, message }) => /CERT|TLS|SSL/.test(code ?? '') || /certificate|SSL routines/.test(message))) {
    return `Kafka at ${place} could not be reached by TLS: check KAFKA_TLS, KAFKA_TLS_CA_FILE and KAFKA_TLS_CERT_FILE.`;
  }
  return `Kafka does not answer at ${place}: check KAFKA_BROKERS, KAFKA_TLS, KAFKA_SASL_MECHANISM and the network, and that the broker runs (a full disk ends it).`;
}

/** What topics made by us take as one message, and the most that is handed to a broker. */
export const maxMessageBytes = 4 * 1024 * 1024;

/**
 * What the port shows for an error of the driver: `RetriableError` `busUnavailable`, naming what to look at. Errors
 * that are not the driver's stay as they are.
 *
 * @param place the brokers, as set
 */
export function translateError(error: unknown, place: string): unknown {
  if (error instanceof RetriableError || error instanceof RejectedRecordError) return error;
  const errors = chain(error);
  if (!errors.some(({ name }) => name.startsWith('KafkaJS'))) return error;
  const root = errors.at(-1);
  const reason = root?.type ?? root?.code ?? root?.name ?? 'unknown';
  return new RetriableError(
    'busUnavailable',
    `${adviceFor(errors, place)} Nothing is lost; Muster tries again.`,
    { reason },
    { cause: error },
  );
}

/** True for an error of the driver beneath which lies no broker's answer: there was no connection, or nothing came over it. */
export function isSilence(error: unknown): boolean {
  const errors = chain(error);
  return errors.some(({ name }) => name.startsWith('KafkaJS')) && errors.every(({ type }) => type === undefined);
}

/** True when a broker answered that there is no such topic. */
export function isUnknownTopic(error: unknown): boolean {
  return chain(error).some(({ type }) => type === 'UNKNOWN_TOPIC_OR_PARTITION');
}

/** True when the error says that the consumer has to join its group again. */
export function isLostMembership(error: unknown): boolean {
  return chain(error).some(({ type }) => type !== undefined && lostTypes.has(type));
}
