import type { KafkaServerSettings, ServerSettings } from './muster-config.js';
import { readPem } from './read-pem.js';
import type { Settings } from './settings.js';
import type { TellProblem } from './tell-problem.js';

const hourMs = 60 * 60 * 1000;

/**
 * The servers of the distributed engine, null on the embedded one. What is missing, contradicts itself or lies in a file
 * that cannot be read is told. Paths are relative to the directory.
 */
export function serverSettings(settings: Settings, directory: string, tell: TellProblem): ServerSettings | null {
  const { KAFKA_BROKERS: brokers, MONGODB_URI: mongodbUri } = settings;
  if (settings.MUSTER_ENGINE === 'embedded') return null;
  if (brokers === null)
    tell('KAFKA_BROKERS must be set with MUSTER_ENGINE=distributed: host:port of a broker.', 'KAFKA_BROKERS');
  if (mongodbUri === null) {
    tell(
      'MONGODB_URI must be set with MUSTER_ENGINE=distributed: mongodb://user:password@host:27017/muster?replicaSet=rs0.',
      'MONGODB_URI',
    );
  }
  const tls = tlsSettings(settings, directory, tell);
  const sasl = saslSettings(settings, tell);
  return {
    mongodbUri: mongodbUri ?? '',
    kafka: {
      brokers: brokers ?? [],
      topicPrefix: settings.KAFKA_TOPIC_PREFIX,
      partitions: settings.KAFKA_PARTITIONS,
      retentionMs: settings.KAFKA_RETENTION_HOURS * hourMs,
      replicationFactor: settings.KAFKA_REPLICATION_FACTOR,
      sessionTimeoutMs: settings.KAFKA_SESSION_TIMEOUT_MS,
      tls,
      sasl,
    },
  };
}

function tlsSettings(settings: Settings, directory: string, tell: TellProblem): KafkaServerSettings['tls'] {
  const files = ['KAFKA_TLS_CA_FILE', 'KAFKA_TLS_CERT_FILE', 'KAFKA_TLS_KEY_FILE'] as const;
  if (!settings.KAFKA_TLS) {
    for (const name of files.filter((file) => settings[file] !== null)) {
      tell(`${name} is set, but KAFKA_TLS is not: set KAFKA_TLS=true, or leave the file out.`, name, 'KAFKA_TLS');
    }
    return null;
  }
  const [ca = null, cert = null, key = null] = files.map((name) => readPem(name, settings[name], directory, tell));
  if ((settings.KAFKA_TLS_CERT_FILE === null) !== (settings.KAFKA_TLS_KEY_FILE === null)) {
    tell(
      'KAFKA_TLS_CERT_FILE and KAFKA_TLS_KEY_FILE go together: set both, or neither.',
      'KAFKA_TLS_CERT_FILE',
      'KAFKA_TLS_KEY_FILE',
    );
  }
  return { ca, client: cert === null || key === null ? null : { cert, key } };
}

function saslSettings(settings: Settings, tell: TellProblem): KafkaServerSettings['sasl'] {
  const { KAFKA_SASL_MECHANISM: mechanism, KAFKA_SASL_USERNAME: username, KAFKA_SASL_PASSWORD: password } = settings;
  if (mechanism === null && username === null && password === null) return null;
  if (mechanism !== null && username !== null && password !== null) return { mechanism, username, password };
  tell(
    'KAFKA_SASL_MECHANISM, KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD go together: set all, or none.',
    'KAFKA_SASL_MECHANISM',
    'KAFKA_SASL_USERNAME',
    'KAFKA_SASL_PASSWORD',
  );
  return null;
}
