import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigurationError } from '#core';
import { loadConfig } from './load-config.js';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'muster-config-'));
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    loadConfig({ env, directory });
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}

describe('loadConfig', () => {
  it('takes the addresses from which it connects, and refuses what is none', () => {
    const addresses = (MUSTER_OUTBOUND_ADDRESSES: string) =>
      loadConfig({ env: { MUSTER_OUTBOUND_ADDRESSES }, directory }).outboundAddresses;
    expect(addresses('203.0.113.7, 2001:db8:1::/64')).toEqual(['203.0.113.7', '2001:db8:1::/64']);
    expect(addresses('')).toEqual([]);
    expect(problemsOf({ MUSTER_OUTBOUND_ADDRESSES: 'muster.example' })).toEqual([
      expect.stringMatching(/^MUSTER_OUTBOUND_ADDRESSES must be addresses or ranges .* muster.example is none/),
    ]);
  });

  it('starts without any setting', () => {
    const config = loadConfig({ env: {}, directory });
    expect(config).toMatchObject({
      engine: 'embedded',
      port: 8080,
      host: '127.0.0.1',
      dataDir: join(directory, '.muster'),
      adminKey: null,
      masterKey: null,
      mapperThreads: 1,
      retention: { snapshots: 14, packed: 30, outcomes: 400 },
      planningStallSeconds: 120,
    });
  });

  it('reads the file, and lets the environment go first', () => {
    writeFileSync(join(directory, 'muster.config.yaml'), 'MUSTER_PORT: 9000\nMUSTER_HOST: 0.0.0.0\n');
    const config = loadConfig({ env: { MUSTER_PORT: '0', MUSTER_HOST: '' }, directory });
    expect(config.port).toBe(0);
    expect(config.host).toBe('0.0.0.0');
  });

  it('lists every problem at once, by name and place, without repeating values', () => {
    writeFileSync(join(directory, 'muster.config.yaml'), 'MUSTER_PROT: 9000\nMUSTER_LOG_LEVEL: loud\n');
    const problems = problemsOf({ MUSTER_PORT: '99999', MUSTER_MASTER_KEY: 'c2VjcmV0', MUSTER_PULBIC_URL: 'x' });
    expect(problems).toHaveLength(5);
    expect(problems.join('\n')).toMatch(/MUSTER_PORT must be a whole number from 0 to 65535 \(environment\)/);
    expect(problems.join('\n')).toMatch(/MUSTER_LOG_LEVEL must be one of .* \(muster\.config\.yaml\)/);
    expect(problems.join('\n')).toMatch(/MUSTER_PROT is no setting of Muster \(muster\.config\.yaml\)/);
    expect(problems.join('\n')).toMatch(/MUSTER_PULBIC_URL is no setting of Muster \(environment\)/);
    expect(problems.join('\n')).not.toContain('c2VjcmV0');
  });

  it.each(['x', '-1', '1.5', '65536'])('does not take %s for a port', (port) => {
    expect(problemsOf({ MUSTER_PORT: port })).toEqual([
      'MUSTER_PORT must be a whole number from 0 to 65535 (environment).',
    ]);
  });

  it('takes origins with commas between them or as a list, and nothing that is no origin', () => {
    const origins = (value: string) => loadConfig({ env: { MUSTER_CORS_ORIGINS: value }, directory }).corsOrigins;
    expect(origins('https://people.example, http://localhost:3000')).toEqual([
      'https://people.example',
      'http://localhost:3000',
    ]);
    for (const odd of ['*', 'people.example', 'https://people.example/', 'https://a.example,', 'file:///etc']) {
      expect(problemsOf({ MUSTER_CORS_ORIGINS: odd }), odd).toEqual([
        expect.stringMatching(/^MUSTER_CORS_ORIGINS must be origins/),
      ]);
    }
  });

  it('takes the limits of connectors, in the units that they have inside', () => {
    const { connectors } = loadConfig({
      env: { MUSTER_CONNECTOR_MEMORY_MB: '1024', MUSTER_CONNECTOR_BLOCKED_SECONDS: '5' },
      directory,
    });
    expect(connectors.limits).toEqual({
      memoryMb: 1024,
      silentMs: 7_200_000,
      blockedMs: 5_000,
      totalMs: 86_400_000,
      maxRecords: 10_000_000,
    });
    expect(problemsOf({ MUSTER_CONNECTOR_MEMORY_MB: '100' })).toEqual([
      'MUSTER_CONNECTOR_MEMORY_MB must be a whole number from 160 to 65536 (environment).',
    ]);
  });

  it('takes connectors with commas between them or as a list, and says where their paths start', () => {
    const connectors = (env: Record<string, string>) => loadConfig({ env, directory }).connectors;
    expect(connectors({})).toMatchObject({ named: [], directory });
    expect(connectors({ MUSTER_CONNECTORS: './a.ts, payroll' }).named).toEqual(['./a.ts', 'payroll']);
    writeFileSync(join(directory, 'muster.config.yaml'), 'MUSTER_CONNECTORS: [./a.ts, payroll]\n');
    expect(connectors({}).named).toEqual(['./a.ts', 'payroll']);
    for (const odd of ['./a.ts,', './a.ts,./a.ts']) {
      expect(problemsOf({ MUSTER_CONNECTORS: odd }), odd).toEqual([
        expect.stringMatching(/^MUSTER_CONNECTORS must be paths/),
      ]);
    }
  });

  describe('where connectors may connect', () => {
    const egress = (env: Record<string, string>) => loadConfig({ env, directory }).egress;

    it('is anywhere public, unless it is set', () => {
      expect(egress({})).toEqual({ allow: [], hosts: [], proxy: null, ca: null });
    });

    it('takes addresses and ranges, from the file as a list too', () => {
      expect(egress({ MUSTER_EGRESS_ALLOW: '10.20.0.0/16, ::1,fd12::/16,192.168.7.7' }).allow).toEqual([
        '10.20.0.0/16',
        '::1',
        'fd12::/16',
        '192.168.7.7',
      ]);
      writeFileSync(join(directory, 'muster.config.yaml'), 'MUSTER_EGRESS_ALLOW: [127.0.0.0/8, "::1"]\n');
      expect(egress({}).allow).toEqual(['127.0.0.0/8', '::1']);
    });

    it.each([
      ['10.20.0.0/33', '10.20.0.0/33 must end with a number from 0 to 32'],
      ['10.20.0.1/16', '10.20.0.1/16 does not start a range, 10.20.0.0/16 does'],
      ['fd12::1/64', 'fd12::1/64 does not start a range, fd12::/64 does'],
      ['fd12::/129', 'fd12::/129 must end with a number from 0 to 128'],
      ['10.20.0.0/x', '10.20.0.0/x must end with'],
      ['10.20/16', '10.20/16 is none'],
      ['hr.example', 'hr.example is none'],
      ['010.0.0.1', '010.0.0.1 is none'],
      ['fe80::1%eth0', 'fe80::1%eth0 is none'],
      ['::ffff:10.0.0.0/104', "is IPv4 in IPv6's spelling"],
    ])('names the range that is none: %s', (range, problem) => {
      const problems = problemsOf({ MUSTER_EGRESS_ALLOW: `192.168.0.0/16,${range}` });
      expect(problems).toHaveLength(1);
      expect(problems[0]).toMatch(/^MUSTER_EGRESS_ALLOW must be addresses or ranges such as .* \(environment\)\.$/);
      expect(problems[0]).toContain(problem);
      expect(problems[0]).not.toContain('192.168');
    });

    it('takes names of hosts as names are compared, and names what is none', () => {
      expect(egress({ MUSTER_EGRESS_HOSTS: '*.Acme.example, HR.example., bücher.example, 10.0.0.7' }).hosts).toEqual([
        '*.acme.example',
        'hr.example',
        'xn--bcher-kva.example',
        '10.0.0.7',
      ]);
      for (const odd of ['*', 'https://hr.example', 'hr.example:443', 'a.*.example', 'hr example']) {
        expect(problemsOf({ MUSTER_EGRESS_HOSTS: `hr.example,${odd}` }), odd).toEqual([
          expect.stringContaining(`: ${odd} is none (environment).`),
        ]);
      }
    });

    it('takes a proxy with its credentials, and repeats nothing of one that is none', () => {
      const proxy = 'http://muster:hunter2@proxy.example:3128';
      expect(egress({ MUSTER_EGRESS_PROXY: proxy }).proxy).toBe(proxy);
      for (const odd of [
        'socks5://u:hunter2@proxy',
        `${proxy}/path`,
        'proxy:3128',
        'http://u:hunter2%@proxy.example',
      ]) {
        const problems = problemsOf({ MUSTER_EGRESS_PROXY: odd });
        expect(problems, odd).toEqual([expect.stringMatching(/^MUSTER_EGRESS_PROXY must be an address such as/)]);
        expect(problems.join()).not.toContain('hunter2');
      }
    });

    it('names the file of authorities that cannot be used', () => {
      expect(problemsOf({ MUSTER_EGRESS_CA_FILE: 'away.pem' })).toEqual([
        'MUSTER_EGRESS_CA_FILE names a file that cannot be read (ENOENT).',
      ]);
      writeFileSync(join(directory, 'ca.pem'), '-----BEGIN CERTIFICATE-----\nbm9uZQ==\n-----END CERTIFICATE-----\n');
      expect(problemsOf({ MUSTER_EGRESS_CA_FILE: 'ca.pem' })).toEqual([
        'MUSTER_EGRESS_CA_FILE names a file whose certificates cannot be read.',
      ]);
    });
  });

  describe('on the distributed engine', () => {
    const valid = {
      MUSTER_ENGINE: 'distributed',
      KAFKA_BROKERS: 'kafka-1:9092, [::1]:9092',
      MONGODB_URI: 'mongodb://muster:secret@db/muster?replicaSet=rs0',
      MUSTER_MASTER_KEY: Buffer.alloc(32, 1).toString('base64'),
    };
    const certificate = '-----BEGIN CERTIFICATE-----\n';

    it('says where the servers are, with defaults for all that need not be set', () => {
      expect(loadConfig({ env: valid, directory }).servers).toEqual({
        mongodbUri: valid.MONGODB_URI,
        kafka: {
          brokers: ['kafka-1:9092', '[::1]:9092'],
          topicPrefix: '',
          partitions: 4,
          retentionMs: 168 * 60 * 60 * 1000,
          replicationFactor: null,
          sessionTimeoutMs: 30_000,
          tls: null,
          sasl: null,
        },
      });
    });

    it('reads TLS and SASL from the file, certificates relative to it', () => {
      writeFileSync(join(directory, 'ca.pem'), certificate);
      writeFileSync(
        join(directory, 'muster.config.yaml'),
        'KAFKA_TLS: true\nKAFKA_TLS_CA_FILE: ca.pem\nKAFKA_SASL_MECHANISM: scram-sha-512\nKAFKA_SASL_USERNAME: muster\nKAFKA_SASL_PASSWORD: secret\nKAFKA_BROKERS: [kafka:9092]\n',
      );
      const { KAFKA_BROKERS: _, ...env } = valid;
      expect(loadConfig({ env, directory }).servers?.kafka).toMatchObject({
        brokers: ['kafka:9092'],
        tls: { ca: certificate, client: null },
        sasl: { mechanism: 'scram-sha-512', username: 'muster', password: 'secret' },
      });
    });

    it('lists all that is missing at once', () => {
      const problems = problemsOf({
        MUSTER_ENGINE: 'distributed',
        KAFKA_SASL_USERNAME: 'muster',
        KAFKA_TLS_CA_FILE: 'x',
      });
      expect(problems.map((problem) => problem.split(' ')[0])).toEqual([
        'KAFKA_BROKERS',
        'MONGODB_URI',
        'KAFKA_TLS_CA_FILE',
        'KAFKA_SASL_MECHANISM,',
        'MUSTER_MASTER_KEY',
      ]);
    });

    it('lists what is missing beside what is no value', () => {
      const env = { MUSTER_ENGINE: 'distributed', MUSTER_PORT: 'abc', MUSTER_LOG_LEVEL: 'loud' };
      expect(problemsOf(env).map((problem) => problem.split(' ')[0])).toEqual([
        'MUSTER_PORT',
        'MUSTER_LOG_LEVEL',
        'KAFKA_BROKERS',
        'MONGODB_URI',
        'MUSTER_MASTER_KEY',
      ]);
    });

    it('says nothing twice of a setting that is no value', () => {
      const env = { ...valid, KAFKA_SASL_MECHANISM: 'telepathy', KAFKA_SASL_USERNAME: 'muster', MUSTER_PORT: '0.5' };
      expect(problemsOf(env).map((problem) => problem.split(' ')[0])).toEqual(['MUSTER_PORT', 'KAFKA_SASL_MECHANISM']);
    });

    it('lists five mistakes as five, without repeating what may be secret', () => {
      const problems = problemsOf({
        ...valid,
        KAFKA_BROKERS: 'kafka',
        KAFKA_TLS: 'yes',
        KAFKA_SASL_MECHANISM: 'digest',
        KAFKA_BROKER: 'kafka:9092',
        MONGODB_URI: 'postgres://muster:hunter2@db/muster',
      });
      expect(problems).toHaveLength(5);
      expect(problems.join('\n')).not.toContain('hunter2');
      expect(problems.join('\n')).toMatch(/KAFKA_BROKERS must be host:port .* \(environment\)/);
      expect(problems.join('\n')).toMatch(/KAFKA_BROKER is no setting of Muster/);
      expect(problems.join('\n')).toMatch(/MONGODB_URI must look like mongodb:\/\//);
    });

    it('names the certificate files that cannot be used', () => {
      writeFileSync(join(directory, 'key.pem'), 'no key');
      const tls = { KAFKA_TLS: 'true', KAFKA_TLS_CA_FILE: 'away.pem', KAFKA_TLS_KEY_FILE: 'key.pem' };
      expect(problemsOf({ ...valid, ...tls })).toEqual([
        'KAFKA_TLS_CA_FILE names a file that cannot be read (ENOENT).',
        'KAFKA_TLS_KEY_FILE names a file that holds no PEM text (-----BEGIN …).',
        expect.stringContaining('KAFKA_TLS_CERT_FILE and KAFKA_TLS_KEY_FILE go together'),
      ]);
    });

    it('asks for the master key only where secrets are seen, and gives every role a port of its own', () => {
      const { MUSTER_MASTER_KEY: _, ...env } = valid;
      expect(() => loadConfig({ program: 'fetcher', env, directory })).toThrow(ConfigurationError);
      expect(() => loadConfig({ program: 'reporter', env, directory })).toThrow(ConfigurationError);
      const programs = ['mapper', 'reconciler'] as const;
      const ports = programs.map((program) => loadConfig({ program, env, directory }).port);
      ports.push(
        ...(['fetcher', 'reporter'] as const).map((program) => loadConfig({ program, env: valid, directory }).port),
      );
      expect(new Set(ports).size).toBe(4);
    });
  });

  it('refuses to run a role by itself on the embedded engine', () => {
    expect(() => loadConfig({ program: 'mapper', env: {}, directory })).toThrow(
      expect.objectContaining({ problems: [expect.stringContaining('MUSTER_ENGINE must be distributed')] }),
    );
  });

  it('says where a file stops being YAML, and what a list of settings is', () => {
    writeFileSync(join(directory, 'muster.config.yaml'), 'MUSTER_PORT: [1\n');
    expect(problemsOf({})).toEqual([expect.stringMatching(/not valid YAML at line \d+, column \d+/)]);
    writeFileSync(join(directory, 'muster.config.yaml'), '- MUSTER_PORT\n');
    expect(problemsOf({})).toEqual([expect.stringContaining('one `NAME: value` a line')]);
  });

  it('leaves what Kubernetes and the client put beside our names alone', () => {
    const env = {
      MUSTER_SERVICE_HOST: '10.0.0.1',
      MUSTER_PORT_8080_TCP: 'tcp://10.0.0.1:8080',
      MUSTER_URL: 'http://x',
      MUSTER_PROFILE: 'production',
      KAFKA_VERSION: '4.1',
      KAFKA_HEAP_OPTS: '-Xmx1g',
      KAFKA_PORT_9092_TCP: 'tcp://10.0.0.1:9092',
    };
    expect(problemsOf(env)).toEqual([]);
  });
});

describe('the mail settings', () => {
  const mail = (env: Record<string, string>) => loadConfig({ env, directory }).mail;

  it('are both there or neither', () => {
    expect(mail({})).toBeNull();
    const both = { MUSTER_SMTP_URL: 'smtps://name:s3cret@mail.example', MUSTER_SMTP_FROM: 'muster@acme.example' };
    expect(mail(both)).toEqual({ url: both.MUSTER_SMTP_URL, from: both.MUSTER_SMTP_FROM });
    expect(problemsOf({ MUSTER_SMTP_URL: both.MUSTER_SMTP_URL })).toEqual([
      'MUSTER_SMTP_FROM must be set with MUSTER_SMTP_URL: the address that notices come from.',
    ]);
    expect(problemsOf({ MUSTER_SMTP_FROM: both.MUSTER_SMTP_FROM })).toEqual([
      'MUSTER_SMTP_URL must be set with MUSTER_SMTP_FROM: the server that takes mail.',
    ]);
  });

  it('name no server but an SMTP one, and are never repeated', () => {
    const problems = problemsOf({ MUSTER_SMTP_URL: 'https://name:s3cret@mail.example', MUSTER_SMTP_FROM: 'nobody' });
    expect(problems).toHaveLength(2);
    expect(problems.join(' ')).not.toContain('s3cret');
  });
});

describe('where files are taken by SFTP', () => {
  const sftp = (env: Record<string, string>) => loadConfig({ env, directory: '/srv' }).sftp;

  it('is nowhere unless a port is set', () => {
    expect(sftp({ MUSTER_SFTP_DIR: 'inbox' })).toBeNull();
  });

  it('is where Muster is, with its files beside its data', () => {
    expect(sftp({ MUSTER_SFTP_PORT: '2222', MUSTER_PUBLIC_URL: 'https://people.example/muster' })).toEqual({
      port: 2222,
      host: '127.0.0.1',
      publicHost: 'people.example',
      publicPort: 2222,
      directory: '/srv/.muster/sftp',
      hostKeyFile: null,
      maxFileBytes: 2048 * 1024 * 1024,
      quotaBytes: 10_240 * 1024 * 1024,
      keepFreeBytes: 256 * 1024 * 1024,
    });
  });

  it.each([
    ['sftp.people.example', { publicHost: 'sftp.people.example', publicPort: 22 }],
    ['sftp.people.example:2022', { publicHost: 'sftp.people.example', publicPort: 2022 }],
    ['[2001:db8::7]:2022', { publicHost: '[2001:db8::7]', publicPort: 2022 }],
  ])('is told as %s', (address, told) => {
    const env = { MUSTER_SFTP_PORT: '2222', MUSTER_SFTP_HOST: '0.0.0.0', MUSTER_SFTP_PUBLIC_ADDRESS: address };
    expect(sftp(env)).toMatchObject({ host: '0.0.0.0', port: 2222, ...told });
  });
});
