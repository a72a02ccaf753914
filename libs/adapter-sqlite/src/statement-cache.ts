import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';

/** The statements of a connection, each prepared once. */
export class StatementCache {
  private readonly statements = new Map<string, StatementSync>();

  constructor(private readonly connection: Pick<DatabaseSync, 'prepare'>) {}

  /** Finish with it in the same step: `run`, `get`, `all`; never leave an iterator open. */
  prepare(sql: string): StatementSync {
    let statement = this.statements.get(sql);
    if (statement === undefined) {
      statement = withAnyRowNumber(this.connection.prepare(sql));
      this.statements.set(sql, statement);
    }
    return statement;
  }

  /** Before the connection is closed. */
  clear(): void {
    this.statements.clear();
  }
}

/**
 * With the outcome of each write Node tells the number of the row inserted last, by whatever statement, and throws where that is
 * beyond 2^53: after rows of late syncs, and after deletes from a full-text index, which marks them in rows of its own.
 */
function withAnyRowNumber(statement: StatementSync): StatementSync {
  if (statement.columns().length > 0) return statement;
  statement.setReadBigInts(true);
  const run = statement.run.bind(statement);
  return Object.assign(statement, {
    run: (...values: SQLInputValue[]) => {
      const { changes, lastInsertRowid } = run(...values);
      return { changes: Number(changes), lastInsertRowid };
    },
  });
}
