/** What a query is given in the place of a question mark. */
export type SqlValue = string | number | null;

/** The conditions of a query, which hold together, and their values in the order of its question marks. */
export class QueryConditions {
  readonly values: SqlValue[] = [];
  private readonly texts: string[] = [];

  add(condition: string, ...values: readonly SqlValue[]): this {
    this.texts.push(condition);
    this.values.push(...values);
    return this;
  }

  /** As {@link add}; nothing when the filter does not have the value. */
  addIfGiven(condition: string, value: SqlValue | undefined): this {
    return value === undefined ? this : this.add(condition, value);
  }

  /** What stands behind WHERE. */
  get sql(): string {
    return this.texts.join(' AND ');
  }
}
