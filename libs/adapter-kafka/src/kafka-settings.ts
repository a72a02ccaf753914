export const saslMechanisms = ['plain', 'scram-sha-256', 'scram-sha-512'] as const;
export type SaslMechanism = (typeof saslMechanisms)[number];

/** How to reach Kafka and what topics are made like; error messages name the setting that each comes from. */
export interface KafkaSettings {
  /** `host:port` of at least one broker (`KAFKA_BROKERS`). */
  readonly brokers: readonly string[];
  /** How the broker's logs name this process: the role. */
  readonly clientId: string;
  /** Put before every topic and group, so that two Musters can share a cluster (`KAFKA_TOPIC_PREFIX`); may be empty. */
  readonly topicPrefix: string;
  /** Null: no TLS (`KAFKA_TLS`). */
  readonly tls: KafkaTls | null;
  /** Null: the broker asks for no credentials (`KAFKA_SASL_MECHANISM`). */
  readonly sasl: KafkaSasl | null;
  /** After how long without a heartbeat a consumer's partitions go to others (`KAFKA_SESSION_TIMEOUT_MS`). */
  readonly sessionTimeoutMs: number;
  /** How long topics made by us keep messages (`KAFKA_RETENTION_HOURS`). */
  readonly retentionMs: number;
  /** Of topics made by us; null: the broker's default (`KAFKA_REPLICATION_FACTOR`). */
  readonly replicationFactor: number | null;
}

/** Certificates and key as PEM text. */
export interface KafkaTls {
  /** Who must have signed the broker's certificate; null: those that Node trusts (`KAFKA_TLS_CA_FILE`). */
  readonly ca: string | null;
  /** Our own, where the broker asks for one (`KAFKA_TLS_CERT_FILE`, `KAFKA_TLS_KEY_FILE`). */
  readonly client: { readonly cert: string; readonly key: string } | null;
}

export interface KafkaSasl {
  readonly mechanism: SaslMechanism;
  readonly username: string;
  readonly password: string;
}
