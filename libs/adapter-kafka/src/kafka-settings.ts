import type { KafkaServerSettings } from '#config';

/** How to reach Kafka, and how its logs name us. */
export interface KafkaSettings extends Omit<KafkaServerSettings, 'partitions'> {
  /** The role. */
  readonly clientId: string;
}
