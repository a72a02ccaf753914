import type { Drift, IntegrationId, Link, TenantId, User, UserStatus, UserWrite } from '#core';
import { emailKey } from '#core';
import type { IdNumbers } from './id-numbers.js';
import type { SqliteDatabase } from './sqlite-database.js';
import { isUniqueViolation } from './translate-error.js';
import { UserSearch } from './user-search.js';
import { userBody, userSearch, userValues, wasWrittenBy } from './user-row.js';

const insertUserSql = `INSERT INTO users (tenant_no, id, no, version, status, owner_no, email_key, employee_id_key, manager_by,
  manager_key, manager_id, deactivated_at, anonymize_after, removal_inferred)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const updateUserSql = `UPDATE users SET version = ?, status = ?, owner_no = ?, email_key = ?, employee_id_key = ?, manager_by = ?,
  manager_key = ?, manager_id = ?, deactivated_at = ?, anonymize_after = ?, removal_inferred = ?
  WHERE tenant_no = ? AND id = ?`;
const raiseVersionSql = 'UPDATE users SET version = ? WHERE tenant_no = ? AND id = ?';
const headSql = `SELECT no, version, status, owner_no, email_key, employee_id_key, manager_by, manager_key, manager_id,
  deactivated_at, anonymize_after, removal_inferred FROM users WHERE tenant_no = ? AND id = ?`;
const insertBodySql = 'INSERT INTO user_bodies (no, search, body) VALUES (?, ?, ?)';
const updateBodySql = 'UPDATE user_bodies SET search = ?, body = ? WHERE no = ?';
const searchSql = 'SELECT search FROM user_bodies WHERE no = ?';
const bodySql = 'SELECT body FROM user_bodies WHERE no = ?';
const putLinkSql = `INSERT INTO links (integration_no, source_id, tenant_no, user_id, present, record_hash, mapping_version,
  attributes_revision, settings_revision, user_version, due_date) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (integration_no, source_id) DO UPDATE SET user_id = excluded.user_id, present = excluded.present,
    record_hash = excluded.record_hash, mapping_version = excluded.mapping_version,
    attributes_revision = excluded.attributes_revision, settings_revision = excluded.settings_revision,
    user_version = excluded.user_version, due_date = excluded.due_date`;
const renewLinkSql = `UPDATE links SET present = ?, record_hash = ?, mapping_version = ?, attributes_revision = ?,
  settings_revision = ?, user_version = ?, due_date = ? WHERE integration_no = ? AND source_id = ? AND user_id = ?`;
const newestTurnSql = 'SELECT turns FROM sync_generations WHERE tenant_id = ? AND integration_id = ?';

interface Head {
  no: number;
  version: number;
  status: UserStatus;
  owner_no: number;
  email_key: string | null;
  employee_id_key: string | null;
  manager_by: string | null;
  manager_key: string | null;
  manager_id: string | null;
  deactivated_at: number | null;
  anonymize_after: number | null;
  removal_inferred: number;
}

/** The columns after the version, in the order of {@link userValues}. */
function valuesOf(head: Head): (string | number | null)[] {
  return [
    head.status,
    head.owner_no,
    head.email_key,
    head.employee_id_key,
    head.manager_by,
    head.manager_key,
    head.manager_id,
    head.deactivated_at,
    head.anonymize_after,
    head.removal_inferred,
  ];
}

type SeenValues = [
  present: number,
  recordHash: string | null,
  mappingVersion: number | null,
  attributesRevision: number | null,
  settingsRevision: number | null,
  userVersion: number | null,
  dueDate: string | null,
];

function seenValues({ presence, seen }: Link): SeenValues {
  const present = presence === 'present' ? 1 : 0;
  if (seen === null) return [present, null, null, null, null, null, null];
  return [
    present,
    seen.recordHash,
    seen.mappingVersion,
    seen.attributesRevision,
    seen.settingsRevision,
    seen.userVersion,
    seen.dueDate,
  ];
}

/** The writes of one transaction to one tenant's directory. {@link finish} keeps the counts exact. */
export class DirectoryWriter {
  private readonly deltas = new Map<string, number>();
  private readonly search: UserSearch;
  private readonly integrationNos = new Map<IntegrationId, number>();
  private readonly turns = new Map<IntegrationId, number>();
  private nextNo = 0;

  constructor(
    private readonly database: SqliteDatabase,
    private readonly numbers: IdNumbers,
    private readonly tenantId: TenantId,
    private readonly tenantNo: number,
  ) {
    this.search = new UserSearch(database, tenantNo);
  }

  /** Writes one user and its link, or says what stood in the way. */
  write(write: UserWrite): Drift['cause'] | null {
    if (this.isOver(write.integrationId, write.turn)) return this.judge(write) === 'applied' ? null : 'version';
    return write.expectedVersion === null ? this.create(write) : this.update(write, write.expectedVersion);
  }

  /** What keeps a write from fitting, `applied` when this very outcome has been applied, null when it would fit by version and turn. */
  judge(write: UserWrite): 'version' | 'applied' | null {
    const head = this.head(write.user.id);
    if (head !== undefined && this.wasApplied(head, write)) return 'applied';
    const fits = (head?.version ?? null) === write.expectedVersion;
    return fits && !this.isOver(write.integrationId, write.turn) ? null : 'version';
  }

  /** Whether a later sync of the integration than that of this turn has entered the pipeline. */
  isOver(integrationId: IntegrationId, turn: number): boolean {
    let newest = this.turns.get(integrationId);
    if (newest === undefined) {
      const row = this.database.prepare(newestTurnSql).get(this.tenantId, integrationId);
      newest = (row as { turns: number } | undefined)?.turns ?? 0;
      this.turns.set(integrationId, newest);
    }
    return turn < newest;
  }

  clearKeys(user: User): void {
    this.database
      .prepare('UPDATE users SET email_key = NULL, employee_id_key = NULL WHERE tenant_no = ? AND id = ?')
      .run(this.tenantNo, user.id);
  }

  putLink(integrationNo: number, link: Link): void {
    this.database
      .prepare(putLinkSql)
      .run(integrationNo, link.sourceId, this.tenantNo, link.userId, ...seenValues(link));
  }

  /** As {@link putLink}, cheaper when the link leads to the same user as before. */
  renewLink(integrationNo: number, link: Link): void {
    const { changes } = this.database
      .prepare(renewLinkSql)
      .run(...seenValues(link), integrationNo, link.sourceId, link.userId);
    if (changes === 0) this.putLink(integrationNo, link);
  }

  /** Replaces a user that is known to be there. */
  replace(user: User, head: Head): void {
    const ownerNo = this.ownerNo(user.owner);
    const [version, ...values] = userValues(user, ownerNo);
    const present = valuesOf(head);
    // Naming a column in an UPDATE rewrites its indexes, changed or not.
    if (values.every((value, index) => value === present[index])) {
      this.database.prepare(raiseVersionSql).run(user.version, this.tenantNo, user.id);
    } else {
      this.database.prepare(updateUserSql).run(version ?? null, ...values, this.tenantNo, user.id);
    }
    const search = userSearch(user);
    const stored = this.database.prepare(searchSql).get(head.no) as { search: string } | undefined;
    if (stored?.search !== search) this.search.replace(head.no, search);
    this.database.prepare(updateBodySql).run(search, userBody(user), head.no);
    if (head.owner_no !== ownerNo || head.status !== user.status) {
      this.count(head.owner_no, head.status, -1);
      this.count(ownerNo, user.status, 1);
    }
  }

  head(id: string): Head | undefined {
    return this.database.prepare(headSql).get(this.tenantNo, id) as Head | undefined;
  }

  finish(): void {
    const add = this.database.prepare(
      `INSERT INTO user_counts (tenant_no, owner_no, status, users) VALUES (?, ?, ?, ?)
       ON CONFLICT (tenant_no, owner_no, status) DO UPDATE SET users = users + excluded.users`,
    );
    for (const [key, by] of this.deltas) {
      const [ownerNo, status] = key.split(' ');
      if (by !== 0) add.run(this.tenantNo, Number(ownerNo), status ?? '', by);
    }
    this.deltas.clear();
  }

  private create(write: UserWrite): Drift['cause'] | null {
    const { user } = write;
    const ownerNo = this.ownerNo(user.owner);
    if (this.nextNo === 0) this.nextNo = this.lastNo() + 1;
    try {
      this.database.prepare(insertUserSql).run(this.tenantNo, user.id, this.nextNo, ...userValues(user, ownerNo));
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      const head = this.head(user.id);
      if (head === undefined) return this.takenKey(user);
      return this.wasApplied(head, write) ? null : 'version';
    }
    const search = userSearch(user);
    this.database.prepare(insertBodySql).run(this.nextNo, search, userBody(user));
    this.search.add(this.nextNo, search);
    this.nextNo += 1;
    this.count(ownerNo, user.status, 1);
    this.link(write);
    return null;
  }

  private update(write: UserWrite, expectedVersion: number): Drift['cause'] | null {
    const head = this.head(write.user.id);
    if (head === undefined) return 'version';
    if (head.version !== expectedVersion) return this.wasApplied(head, write) ? null : 'version';
    try {
      this.replace(write.user, head);
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      return this.takenKey(write.user);
    }
    this.link(write);
    return null;
  }

  private link({ integrationId, link, expectedVersion }: UserWrite): void {
    if (link === null) return;
    const integrationNo = this.integrationNo(integrationId);
    if (expectedVersion === null) this.putLink(integrationNo, link);
    else this.renewLink(integrationNo, link);
  }

  private wasApplied(head: Head, { integrationId, user }: UserWrite): boolean {
    const row = this.database.prepare(bodySql).get(head.no) as { body: string } | undefined;
    return row !== undefined && wasWrittenBy(row.body, integrationId, user);
  }

  private takenKey(user: User): 'email' | 'employeeId' {
    const key = emailKey(user.attributes['email']);
    const holder =
      key === null
        ? undefined
        : this.database
            .prepare(
              "SELECT 1 FROM users INDEXED BY users_by_email WHERE tenant_no = ? AND email_key = ? AND status = 'active' AND email_key IS NOT NULL AND id <> ?",
            )
            .get(this.tenantNo, key, user.id);
    return holder === undefined ? 'employeeId' : 'email';
  }

  private ownerNo(owner: IntegrationId | null): number {
    return owner === null ? 0 : this.integrationNo(owner);
  }

  private integrationNo(id: IntegrationId): number {
    let no = this.integrationNos.get(id);
    if (no === undefined) {
      no = this.numbers.assign(this.tenantId, 'integration', id);
      this.integrationNos.set(id, no);
    }
    return no;
  }

  private lastNo(): number {
    const row = this.database.prepare('SELECT max(no) AS no FROM user_bodies').get() as { no: number | null };
    return row.no ?? 0;
  }

  private count(ownerNo: number, status: UserStatus, by: number): void {
    const key = `${String(ownerNo)} ${status}`;
    this.deltas.set(key, (this.deltas.get(key) ?? 0) + by);
  }
}
