import type { logCreator } from 'kafkajs';
import type { Logger } from '#telemetry';

/**
 * Hands on what kafkajs says. It calls every try that fails an error, so all of it is detail here: outages are told
 * once, by who is paused by them.
 */
export function driverLog(logger: Logger): logCreator {
  return () =>
    ({ namespace, label, log }) => {
      const { message, groupId, broker, error } = log as Record<string, unknown>;
      logger.debug('The Kafka client says something.', {
        namespace,
        label,
        said: text(message),
        consumerGroup: text(groupId),
        broker: text(broker),
        error: text(error),
      });
    };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
