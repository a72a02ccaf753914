import { setTimeout as sleep } from 'node:timers/promises';
import mongoose, { mongo, type Connection } from 'mongoose';
import { ConfigurationError } from '#core';
import { applyMigrations } from './apply-migrations.js';
import { migrations } from './migrations/index.js';
import type { CollectionDeclaration } from './schemas/collection.js';
import { translateError } from './translate-error.js';

export interface MongoConnectionOptions {
  /** `mongodb://` or `mongodb+srv://`; its options win over the time-outs below, not over write and read concern. */
  uri: string;
  /** Instead of the database that the URI names; `muster` when neither names one. */
  database?: string;
  /** The role's name; the server's log shows it after Muster's and the database's. */
  appName?: string;
}

/** Time-outs that the URI may replace. A half-open socket is found after `socketTimeoutMS`. */
const defaults = {
  serverSelectionTimeoutMS: 5_000,
  connectTimeoutMS: 5_000,
  socketTimeoutMS: 30_000,
  waitQueueTimeoutMS: 10_000,
  heartbeatFrequencyMS: 2_000,
  maxPoolSize: 20,
} as const;

/** A transaction that meets others' writes starts anew, for so long, each time after a longer, random pause. */
const conflictsForMs = 10_000;
const longestPauseMs = 100;

/** Whoever has waited for so long looks for transactions that nobody will end, and then again and again. */
const patienceMs = 1_000;
/** The statements of a transaction follow each other at once: one that rests for so long belongs to a dead process. */
const restingMs = 2_000;

/**
 * One client for all stores of a process. Every write is acknowledged by a majority and journaled; every read sees what
 * a majority has, so that nothing is decided on what a fail-over could take back. The driver's collections are used
 * beneath mongoose, which keeps the schemas, the indexes and the connection.
 */
export class MongoConnection {
  private opened: mongo.Db | null = null;
  /** The last of those who wait for one another, by what they wait for. */
  private readonly lines = new Map<string, Promise<void>>();

  private constructor(
    private readonly connection: Connection,
    /** How the names begin by which the server knows processes that share this database. */
    private readonly family: string,
    /** The servers in the URI, without credentials. */
    readonly hosts: string,
  ) {}

  /**
   * Connects. Throws `ConfigurationError` `configurationInvalid` for a URI that can't be read, `RetriableError`
   * `storeUnavailable` when no server answers, has no primary, or refuses the credentials.
   */
  static async open({ uri, database, appName = 'muster' }: MongoConnectionOptions): Promise<MongoConnection> {
    const hosts = hostsOf(uri);
    const given = optionNames(uri);
    const timeouts = Object.fromEntries(Object.entries(defaults).filter(([name]) => !given.has(name.toLowerCase())));
    const dbName = database ?? databaseOf(uri) ?? 'muster';
    const family = familyOf(dbName);
    const connection = mongoose.createConnection();
    try {
      await connection.openUri(uri, {
        ...timeouts,
        dbName,
        appName: `${family}${appName}`,
        autoCreate: false,
        autoIndex: false,
        bufferCommands: false,
        promoteBuffers: true,
        ignoreUndefined: true,
        retryReads: true,
        retryWrites: true,
        readConcernLevel: 'majority',
        readPreference: 'primary',
        writeConcern: { w: 'majority', journal: true, wtimeoutMS: 20_000 },
      });
    } catch (error) {
      await connection.destroy(true).catch(() => undefined);
      throw openingError(error, hosts);
    }
    return new MongoConnection(connection, family, hosts);
  }

  /** The database itself, for what no port does. Its errors come as the driver throws them. */
  get database(): mongo.Db {
    this.opened ??= this.connection.getClient().db(this.connection.name);
    return this.opened;
  }

  /** Brings the database to the newest schema; several processes may do so at once. */
  async migrate(): Promise<void> {
    await this.run(() => applyMigrations(this.connection, this.database, migrations, this.hosts));
  }

  /** Resolves when a primary answers. Rejects with `RetriableError`. */
  async ping(): Promise<void> {
    await this.run(() => this.database.command({ ping: 1 }));
  }

  async close(): Promise<void> {
    await this.connection.destroy(true);
  }

  collection<Document extends object>(declaration: CollectionDeclaration<Document>): mongo.Collection<Document> {
    return this.database.collection<Document>(declaration.name);
  }

  /** Runs what a port's method does; the driver's errors leave it translated. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    const impatience = setInterval(() => void this.endAbandonedTransactions(), patienceMs);
    try {
      return await work();
    } catch (error) {
      throw translateError(error, this.hosts);
    } finally {
      clearInterval(impatience);
    }
  }

  /**
   * Runs work in one transaction over a snapshot: all of it is durable when this resolves, or none. The work may run
   * several times (others' writes stood in its way), so it keeps nothing from one time to the next. When the answer to
   * the commit is lost it rejects with `RetriableError`, and the whole may have been done. Transactions of one `line` come
   * one after the other in this process: for what many write at once, who would only send one another back.
   */
  async transaction<T>(
    work: (session: mongo.ClientSession) => Promise<T>,
    { line }: { line?: string } = {},
  ): Promise<T> {
    return line === undefined ? this.transact(work) : this.inLine(line, async () => this.transact(work));
  }

  private async inLine<T>(line: string, work: () => Promise<T>): Promise<T> {
    const turn = (this.lines.get(line) ?? Promise.resolve()).then(work);
    const end = turn.then(
      () => undefined,
      () => undefined,
    );
    this.lines.set(line, end);
    try {
      return await turn;
    } finally {
      if (this.lines.get(line) === end) this.lines.delete(line);
    }
  }

  private async transact<T>(work: (session: mongo.ClientSession) => Promise<T>): Promise<T> {
    return this.run(async () => {
      const session = this.connection.getClient().startSession();
      try {
        const until = performance.now() + conflictsForMs;
        for (let attempt = 1; ; attempt += 1) {
          session.startTransaction({
            readConcern: { level: 'snapshot' },
            writeConcern: { w: 'majority', journal: true, wtimeoutMS: 20_000 },
          });
          try {
            const result = await work(session);
            await session.commitTransaction();
            return result;
          } catch (error) {
            if (session.inTransaction()) await session.abortTransaction().catch(() => undefined);
            if (performance.now() > until || !isConflict(error)) throw error;
          }
          await sleep(Math.random() * Math.min(longestPauseMs, 2 ** attempt));
        }
      } finally {
        await session.endSession().catch(() => undefined);
      }
    });
  }

  /**
   * A process that is killed leaves its transaction open on the server, and what it wrote locked, until the server's own
   * limit (60 s by default). A user may end sessions of their own without further rights; other applications, and Musters
   * in other databases, may have the same user, and are left alone. Should a process only have been slow, or stopped and
   * resumed, its transaction fails and is made again.
   */
  private async endAbandonedTransactions(): Promise<void> {
    try {
      const admin = this.connection.getClient().db('admin', { readConcern: new mongo.ReadConcern('local') });
      const abandoned = await admin
        .aggregate<{ lsid: { id: Uint8Array } }>([
          { $currentOp: { allUsers: false, idleSessions: true, idleConnections: false } },
          {
            $match: {
              type: 'idleSession',
              'transaction.timeInactiveMicros': { $gte: restingMs * 1000 },
              $expr: { $eq: [{ $indexOfBytes: ['$appName', this.family] }, 0] },
            },
          },
          { $project: { lsid: 1 } },
        ])
        .toArray();
      if (abandoned.length === 0) return;
      await admin.command({
        killSessions: abandoned.map(({ lsid }) => ({ id: new mongo.Binary(lsid.id, mongo.Binary.SUBTYPE_UUID) })),
      });
    } catch {
      // The server is away, or has been asked enough: its own limit ends them.
    }
  }
}

/** Another transaction wrote the same document. Outages carry the same label, and are left to the caller's back-off. */
function isConflict(error: unknown): boolean {
  const conflictCodes = [112, 24, 251];
  return error instanceof mongo.MongoError && conflictCodes.includes(Number(error.code));
}

function openingError(error: unknown, hosts: string): unknown {
  const unreadable = ['MongoParseError', 'MongoInvalidArgumentError', 'MongoAPIError', 'MongooseError'];
  if (error instanceof Error && (unreadable.includes(error.name) || error instanceof TypeError)) {
    return new ConfigurationError(
      'configurationInvalid',
      'MONGODB_URI can’t be read. It looks like mongodb://user:password@host:27017/muster?replicaSet=rs0.',
      ['MONGODB_URI'],
      { cause: error },
    );
  }
  return translateError(error, hosts);
}

const uriParts = /^mongodb(?:\+srv)?:\/\/(?:[^@/]*@)?(?<hosts>[^/?]+)(?:\/(?<database>[^?]*))?(?:\?(?<options>.*))?$/;

function hostsOf(uri: string): string {
  return uriParts.exec(uri)?.groups?.['hosts'] ?? 'the address given';
}

function databaseOf(uri: string): string | null {
  const name = uriParts.exec(uri)?.groups?.['database'] ?? '';
  return name === '' ? null : name;
}

/** The server takes names of up to 128 bytes; a database's has at most 63. */
function familyOf(database: string): string {
  return `muster/${database}/`;
}

function optionNames(uri: string): Set<string> {
  const text = uriParts.exec(uri)?.groups?.['options'] ?? '';
  return new Set(text.split('&').map((option) => (option.split('=')[0] ?? '').toLowerCase()));
}
