import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

export type ServerName = 'kafka' | 'mongodb';

const root = path.resolve(import.meta.dirname, '..', '..').replace(/\/dist$/, '');
const script = path.join(root, 'scripts', 'services', 'main.mjs');
const run = promisify(execFile);
/** Below the ports that the system gives out. */
const firstPort = 20_000;
const lastPort = 31_000;
const host = '127.0.0.1';

/** A Kafka and a MongoDB of our own, on free ports and without data: killing them disturbs nobody. */
export class PrivateServers {
  private constructor(
    private readonly folder: string,
    readonly kafka: { host: string; port: number },
    readonly mongodb: { host: string; port: number },
  ) {}

  /** @throws Error with what the servers said when one of them can't be started */
  static async start(): Promise<PrivateServers> {
    const folder = mkdtempSync(path.join(tmpdir(), 'muster-servers-'));
    const shared = process.env['MUSTER_SERVICES_DIR'] ?? path.join(homedir(), '.cache', 'muster', 'services');
    const programs = path.join(shared, 'programs');
    mkdirSync(programs, { recursive: true });
    symlinkSync(programs, path.join(folder, 'programs'));
    const kafka = await freePorts(5);
    const servers = new PrivateServers(folder, { host, port: kafka }, { host, port: kafka + 4 });
    try {
      await Promise.all([servers.up('kafka'), servers.up('mongodb')]);
    } catch (error) {
      await servers.remove();
      throw error;
    }
    return servers;
  }

  /**
   * Resolves when it answers.
   *
   * @param fileMiB the largest file that it can write: beyond, it fares as on a disk that is full
   */
  async up(server: ServerName, { fileMiB }: { fileMiB?: number } = {}): Promise<void> {
    await this.run('up', server, fileMiB);
  }

  /** Ends it as a crash would. */
  async kill(server: ServerName): Promise<void> {
    await this.run('kill', server);
  }

  mongodbUri(port: number, database: string): string {
    return `mongodb://${host}:${String(port)}/${database}?replicaSet=muster`;
  }

  async remove(): Promise<void> {
    await Promise.all([this.run('kill', 'kafka'), this.run('kill', 'mongodb')]);
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async run(command: 'up' | 'kill', server: ServerName, fileMiB?: number): Promise<void> {
    const { KAFKA_BROKERS: _brokers, MONGODB_URI: _uri, ...env } = process.env;
    // POSIX counts the limit in blocks of 512 bytes; what is started inherits it.
    const limit = fileMiB === undefined ? '' : `ulimit -f ${String(fileMiB * 2048)} && `;
    await run('sh', ['-c', `${limit}exec "$0" "$@"`, process.execPath, script, command, server], {
      env: {
        ...env,
        MUSTER_SERVICES_DIR: this.folder,
        MUSTER_SERVICES_KAFKA_PORT: String(this.kafka.port),
        MUSTER_SERVICES_MONGODB_PORT: String(this.mongodb.port),
      },
    });
  }
}

/** The first of so many free ports in a row. */
async function freePorts(count: number): Promise<number> {
  for (let tries = 0; tries < 100; tries += 1) {
    const first = firstPort + Math.floor(Math.random() * (lastPort - firstPort));
    const all = Array.from({ length: count }, (_, index) => isFree(first + index));
    if ((await Promise.all(all)).every(Boolean)) return first;
  }
  throw new Error('no free ports were found');
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}

/** A port that nothing listens at right now, of those that the system gives out. */
export async function anyFreePort(): Promise<number> {
  return freePorts(1);
}
