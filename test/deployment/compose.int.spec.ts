import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig, settingNames } from '#config';
import { roles } from '#core';
import { roleNodeArgs } from '../support/role-processes.js';
import { type ComposeService, readCompose, root } from './compose-file.js';

/** What the development services are started with: those that every test of the distributed engine runs on. */
interface KafkaModule {
  BROKER_SETTINGS: Record<string, string | number | boolean>;
}
interface MongodbModule {
  MONGODB_VERSION: string;
  REPLICA_SET: string;
  SERVER_ARGUMENTS: string[];
}
interface SettingsModule {
  KAFKA_VERSIONS: string[];
}

async function script<Module>(name: string): Promise<Module> {
  return (await import(join(root, 'scripts', 'services', `${name}.mjs`))) as Module;
}

const secrets = {
  MUSTER_MASTER_KEY: Buffer.alloc(32, 3).toString('base64'),
  MUSTER_ADMIN_KEY: 'mus_0123456789abcdef',
};
const compose = readCompose(secrets);
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};
const ours = Object.entries(compose.services).filter(([, { build }]) => build !== undefined);
const seconds = (duration = '0s'): number => Number(/^(\d+)s$/.exec(duration)?.[1]);

function service(name: string): ComposeService {
  const found = compose.services[name];
  if (found === undefined) throw new Error(`docker-compose.yml has no service ${name}`);
  return found;
}

function environmentOf(name: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(service(name).environment ?? {}).map(([key, value]) => [key, String(value)]),
  );
}

describe('docker-compose.yml', () => {
  it.each(Object.keys(secrets))('says what to do when %s is not set', (name) => {
    expect(() => readCompose({ ...secrets, [name]: '' })).toThrow(
      new RegExp(`required variable ${name} is missing a value: .*openssl rand`),
    );
  });

  it('names networks, volumes and services that it has', () => {
    for (const { networks = [], volumes = [], depends_on = {} } of Object.values(compose.services)) {
      expect(Object.keys(compose.networks)).toEqual(expect.arrayContaining(networks));
      expect(Object.keys(compose.services)).toEqual(expect.arrayContaining(Object.keys(depends_on)));
      const named = volumes.map((volume) => volume.split(':')[0]);
      expect(Object.keys(compose.volumes)).toEqual(expect.arrayContaining(named));
    }
  });

  it('starts again whatever ends, and gives it the time that it needs to stop', () => {
    for (const { restart, stop_grace_period } of Object.values(compose.services)) {
      expect(restart).toBe('unless-stopped');
      expect(seconds(stop_grace_period)).toBeGreaterThanOrEqual(10);
    }
  });

  it('runs programs that the tree has, by the image of this tree', () => {
    for (const [, { command: [file] = [], image, build }] of ours) {
      expect({ image, build }).toEqual({ image: 'muster:local', build: '.' });
      const source = /^dist\/(.+)\.js$/.exec(file ?? '')?.[1];
      expect(existsSync(join(root, `${source ?? ''}.ts`))).toBe(true);
    }
  });

  describe.each(roles)('%s', (role) => {
    it('runs its own program with settings that it starts with', () => {
      expect(service(role).command).toEqual([`dist/apps/${role}/src/main.js`]);
      const { NODE_OPTIONS, ...env } = environmentOf(role);
      expect(roleNodeArgs).toContain(NODE_OPTIONS);
      expect(settingNames).toEqual(expect.arrayContaining(Object.keys(env)));
      const config = loadConfig({ program: role, env, directory: tmpdir() });
      expect(config).toMatchObject({
        engine: 'distributed',
        servers: { kafka: { brokers: ['kafka:9092'], partitions: 12 } },
      });
    });

    it('starts without Compose as the tests start it', () => {
      const program = `dist/apps/${role}/src/main.js`;
      expect(scripts[`start:${role}`]).toBe(
        `node scripts/build.mjs && exec ${['node', ...roleNodeArgs, program].join(' ')}`,
      );
    });

    it('gets no secret that it does not need', () => {
      const needs = { reporter: Object.keys(secrets), fetcher: ['MUSTER_MASTER_KEY'], mapper: [], reconciler: [] };
      expect(Object.keys(environmentOf(role)).filter((name) => name in secrets)).toEqual(needs[role]);
    });

    it('waits for both servers, and is healthy when it is ready', () => {
      const waits = { condition: 'service_healthy' };
      expect(service(role).depends_on).toEqual({ kafka: waits, mongodb: waits });
      const { port } = loadConfig({ program: role, env: environmentOf(role), directory: tmpdir() });
      expect(service(role).healthcheck?.test?.join(' ')).toContain(`http://127.0.0.1:${String(port)}/readyz`);
    });
  });

  it('publishes the API on this machine, and lets mapper and reconciler be scaled', () => {
    expect(service('reporter').ports).toEqual(['127.0.0.1:8080:8080']);
    for (const [name, { ports, container_name }] of Object.entries(compose.services)) {
      expect(container_name).toBeUndefined();
      if (name !== 'reporter' && name !== 'fetcher') expect(ports).toBeUndefined();
    }
  });

  it('takes what identity providers push at a port of the fetcher, on this machine', () => {
    const { port } = loadConfig({ program: 'fetcher', env: environmentOf('fetcher'), directory: tmpdir() });
    expect(service('fetcher').ports).toContain(`127.0.0.1:8081:${String(port)}`);
    const guide = readFileSync(join(root, 'docs/guides/running-distributed.md'), 'utf8');
    expect(guide).toMatch(/leads `\/scim\/` .* \(in Compose 127\.0\.0\.1:8081\)/);
  });

  it('takes files by SFTP on this machine, into a volume that the fetcher writes and the reporter reads', () => {
    const sftpOf = (role: 'fetcher' | 'reporter') =>
      loadConfig({ program: role, env: environmentOf(role), directory: tmpdir() }).sftp;
    const { port, directory, hostKeyFile, publicHost, publicPort } = sftpOf('fetcher') ?? {};
    expect(sftpOf('reporter')).toEqual(sftpOf('fetcher'));
    expect(service('fetcher').ports).toContain(`${String(publicHost)}:${String(publicPort)}:${String(port)}`);
    expect(hostKeyFile).toBeNull();
    expect(service('fetcher').volumes).toEqual([`inbox:${String(directory)}`]);
    expect(service('reporter').volumes).toEqual([`inbox:${String(directory)}:ro`]);
    for (const role of ['mapper', 'reconciler'] as const) expect(service(role).volumes).toBeUndefined();
    expect(readFileSync(join(root, 'Dockerfile'), 'utf8')).toContain(`chown node:node /data ${String(directory)}`);
  });

  it('starts the Kafka that the tests run on, as they start it', async () => {
    const { KAFKA_VERSIONS } = await script<SettingsModule>('settings');
    const { BROKER_SETTINGS } = await script<KafkaModule>('kafka');
    expect(service('kafka').image).toBe(`apache/kafka:${KAFKA_VERSIONS.at(-1) ?? ''}`);
    const { KAFKA_HEAP_OPTS, ...given } = environmentOf('kafka');
    expect(KAFKA_HEAP_OPTS).toMatch(/^-Xms\d+m -Xmx\d+m$/);
    // The image makes server.properties of the environment: KAFKA_NODE_ID is node.id.
    const asEnvironment = Object.entries(BROKER_SETTINGS).map(([name, value]) => [
      `KAFKA_${name.toUpperCase().replaceAll('.', '_')}`,
      String(value),
    ]);
    expect(given).toEqual({
      ...Object.fromEntries(asEnvironment),
      KAFKA_CONTROLLER_QUORUM_VOTERS: '1@127.0.0.1:9093',
      KAFKA_LISTENERS: 'PLAINTEXT://:9092,CONTROLLER://127.0.0.1:9093',
      KAFKA_ADVERTISED_LISTENERS: 'PLAINTEXT://kafka:9092',
      KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
      KAFKA_LOG_DIRS: '/var/lib/kafka/data',
    });
    expect(service('kafka').volumes).toEqual(['kafka:/var/lib/kafka/data']);
  });

  it('starts the MongoDB that the tests run on, as they start it', async () => {
    const { MONGODB_VERSION, REPLICA_SET, SERVER_ARGUMENTS } = await script<MongodbModule>('mongodb');
    const { image, command, volumes, healthcheck } = service('mongodb');
    expect(image).toBe(`mongo:${MONGODB_VERSION}`);
    expect(command).toEqual([...SERVER_ARGUMENTS, '--bind_ip_all']);
    expect(volumes).toEqual(['mongodb:/data/db']);
    expect(healthcheck?.test?.at(-1)).toContain(`_id: '${REPLICA_SET}'`);
    expect(environmentOf('mapper')['MONGODB_URI']).toBe(`mongodb://mongodb:27017/muster?replicaSet=${REPLICA_SET}`);
  });

  it('is set up by the commands at its top', () => {
    const comments = readFileSync(join(root, 'docker-compose.yml'), 'utf8').split('\nname:')[0] ?? '';
    for (const name of Object.keys(secrets)) expect(comments).toContain(`echo "${name}=`);
  });
});
