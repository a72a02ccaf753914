import { randomBytes } from 'node:crypto';
import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Kafka, logLevel } from 'kafkajs';
import { installed, run } from './artifacts.mjs';
import { ServerProcess } from './processes.mjs';
import { ServiceProblem } from './service-problem.mjs';
import { KAFKA_VERSIONS, LAST_KAFKA_VERSION } from './settings.mjs';

const SLF4J_VERSION = '1.7.36';
const LEAST_JAVA = 17;
const HEAP = ['-Xms256m', '-Xmx512m', '-XX:+UseSerialGC'];

/** Of a Kafka that is one node, broker and controller (KRaft): what `docker-compose.yml` gives its broker too. */
export const BROKER_SETTINGS = {
  'process.roles': 'broker,controller',
  'node.id': 1,
  'controller.listener.names': 'CONTROLLER',
  'inter.broker.listener.name': 'PLAINTEXT',
  'auto.create.topics.enable': false,
  'num.partitions': 1,
  'default.replication.factor': 1,
  'offsets.topic.replication.factor': 1,
  'offsets.topic.num.partitions': 4,
  'transaction.state.log.replication.factor': 1,
  'transaction.state.log.min.isr': 1,
  'group.initial.rebalance.delay.ms': 0,
};

/** So that tests need not wait long for what a crash leaves behind, nor the machine give much memory. */
const DEVELOPMENT_SETTINGS = {
  'group.min.session.timeout.ms': 1000,
  'broker.heartbeat.interval.ms': 500,
  'broker.session.timeout.ms': 2000,
  'log.cleaner.dedupe.buffer.size': 4_194_304,
  'log.index.size.max.bytes': 1_048_576,
};
/** For the listener that asks for name and password: tests of wrong credentials use it. */
const DEVELOPMENT_USER = 'muster';
/** Of the key that only the development broker's TLS uses. */
const KEY_PASSWORD = 'muster-development';
/** Whom a client of the TLS listener has to trust, as PEM. */
const CERTIFICATE = 'kafka-certificate.pem';

async function requireJava() {
  const hint = `Kafka needs Java ${LEAST_JAVA} or newer (\`java\` on the PATH), or set KAFKA_BROKERS to a broker of your own.`;
  const text = await run('java', ['-version'], `java is missing. ${hint}`);
  const major = Number(/version "(\d+)/.exec(text)?.[1] ?? 0);
  if (major < LEAST_JAVA) throw new ServiceProblem(`java is of version ${major}. ${hint}`);
}

async function download(version, folder) {
  const pom = `${folder}.pom.xml`;
  const dependency = (group, artifact, of) =>
    `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${of}</version></dependency>`;
  await writeFile(
    pom,
    `<project><modelVersion>4.0.0</modelVersion><groupId>muster</groupId><artifactId>services</artifactId><version>1</version>
<dependencies>${dependency('org.apache.kafka', 'kafka_2.13', version)}${dependency('org.slf4j', 'slf4j-simple', SLF4J_VERSION)}</dependencies></project>\n`,
  );
  try {
    await run(
      'mvn',
      ['-q', '-B', '-f', pom, 'dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${folder}`],
      'mvn is missing. Kafka is downloaded by Maven 3 (`mvn` on the PATH); or set KAFKA_BROKERS to a broker of your own.',
    );
  } finally {
    await rm(pom, { force: true });
  }
}

async function makeKey(folder) {
  const store = join(folder, 'kafka-key.p12');
  const access = ['-alias', 'broker', '-keystore', store, '-storepass', KEY_PASSWORD];
  const missing = 'keytool is missing: it comes with a JDK.';
  if ((await stat(store).catch(() => null)) === null) {
    const subject = ['-dname', 'CN=127.0.0.1', '-ext', 'san=ip:127.0.0.1,dns:localhost', '-validity', '3650'];
    await run('keytool', ['-genkeypair', '-keyalg', 'EC', '-storetype', 'PKCS12', ...subject, ...access], missing);
  }
  await run('keytool', ['-exportcert', '-rfc', '-file', join(folder, CERTIFICATE), ...access], missing);
  return store;
}

/** As Kafka makes them; never with a dash in front, which the format tool would take for an option. */
function newClusterId() {
  const bytes = randomBytes(16);
  bytes[0] &= 0x7f;
  return bytes.toString('base64url');
}

function properties(port, data, keyStore) {
  const [broker, controller, sasl, tls] = [port, port + 1, port + 2, port + 3];
  const settings = {
    ...BROKER_SETTINGS,
    ...DEVELOPMENT_SETTINGS,
    'controller.quorum.voters': `1@127.0.0.1:${controller}`,
    listeners: `PLAINTEXT://127.0.0.1:${broker},CONTROLLER://127.0.0.1:${controller},SASL_PLAINTEXT://127.0.0.1:${sasl},SSL://127.0.0.1:${tls}`,
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SASL_PLAINTEXT:SASL_PLAINTEXT,SSL:SSL',
    'sasl.enabled.mechanisms': 'PLAIN',
    'listener.name.sasl_plaintext.plain.sasl.jaas.config': `org.apache.kafka.common.security.plain.PlainLoginModule required user_${DEVELOPMENT_USER}="${DEVELOPMENT_USER}";`,
    'ssl.keystore.type': 'PKCS12',
    'ssl.keystore.location': keyStore,
    'ssl.keystore.password': KEY_PASSWORD,
    'log.dirs': data,
  };
  return Object.entries(settings)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}

/** One Kafka node, broker and controller in one process (KRaft). */
export class KafkaService {
  name = 'Kafka';

  constructor({ folder, kafka }) {
    const { version, port, brokers, isOwn } = kafka;
    this.settings = { version, port, brokers, isOwn };
    this.programs = join(folder, 'programs', `kafka-${version}`);
    this.folder = join(folder, `kafka-${version}`);
    this.root = folder;
    this.lastVersionFile = join(folder, LAST_KAFKA_VERSION);
    /** At most one of them runs: they share their ports. */
    this.processes = new Map(KAFKA_VERSIONS.map((of) => [of, new ServerProcess('Kafka', join(folder, `kafka-${of}`))]));
    this.process = this.processes.get(version);
  }

  get isOwn() {
    return this.settings.isOwn;
  }

  get addresses() {
    return { KAFKA_BROKERS: this.settings.brokers };
  }

  /** What answers, in words. Rejects when nothing does. */
  async answers() {
    const kafka = new Kafka({
      brokers: this.settings.brokers.split(','),
      connectionTimeout: 1000,
      requestTimeout: 3000,
      retry: { retries: 0 },
      logLevel: logLevel.NOTHING,
    });
    const admin = kafka.admin();
    try {
      await admin.connect();
      const { brokers } = await admin.describeCluster();
      if (brokers.length === 0) throw new Error('no broker is registered yet');
      return this.isOwn ? await this.#runningVersion() : 'yours';
    } finally {
      await admin.disconnect();
    }
  }

  async start({ fresh }) {
    for (const other of this.processes.values()) if (other !== this.process) await other.stop();
    if (fresh) {
      await this.process.stop();
      await rm(this.folder, { recursive: true, force: true });
    }
    if ((await this.process.pid()) === null) await this.#launch();
    return this.process.waitUntil(() => this.answers());
  }

  async stop() {
    const stopped = await Promise.all([...this.processes.values()].map((server) => server.stop()));
    return stopped.includes(true);
  }

  async kill() {
    const killed = await Promise.all([...this.processes.values()].map((server) => server.kill()));
    return killed.includes(true);
  }

  async #runningVersion() {
    for (const [version, server] of this.processes) if ((await server.pid()) !== null) return version;
    return 'not ours';
  }

  async #launch() {
    const { version, port } = this.settings;
    await requireJava();
    const jars = await installed(this.programs, `kafka-${version}`, (folder) => download(version, folder));
    const data = join(this.folder, 'data');
    const config = join(this.folder, 'server.properties');
    await mkdir(this.folder, { recursive: true });
    await writeFile(config, properties(port, data, await makeKey(this.root)));
    const java = ['-cp', join(jars, '*'), '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn'];
    const isFormatted = await stat(join(data, 'meta.properties')).catch(() => null);
    if (isFormatted === null) {
      await run('java', [...java, 'kafka.tools.StorageTool', 'format', '-t', newClusterId(), '-c', config]);
    }
    await writeFile(this.lastVersionFile, version);
    await this.process.start('java', [...HEAP, ...java, 'kafka.Kafka', config], [port, port + 1, port + 2, port + 3]);
  }
}
