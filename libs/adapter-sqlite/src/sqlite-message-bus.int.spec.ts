import { describeMessageBusContract, sqliteSubjectInMemory, sqliteSubjectOnDisk } from '#testing';
import { SqliteMessageBus } from './sqlite-message-bus.js';

describeMessageBusContract('SQLite on disk', () => sqliteSubjectOnDisk((database) => new SqliteMessageBus(database)));
describeMessageBusContract('SQLite in memory', () =>
  sqliteSubjectInMemory((database) => new SqliteMessageBus(database)),
);
