import type {
  Drift,
  IntegrationId,
  Link,
  ManagerReference,
  TenantId,
  User,
  UserId,
  UserListFilter,
  UserStatus,
  UserWrite,
} from '#core';
import { DirectoryStore } from '#core';
import { DirectoryWriter } from './directory-writer.js';
import { IdNumbers } from './id-numbers.js';
import type { SqliteDatabase } from './sqlite-database.js';
import { listUsers } from './user-list.js';
import { toUser, userColumns, type UserRow } from './user-row.js';

/** A link as its columns are listed in {@link linkColumns}: arrays cost half of what objects do. */
type LinkValues = [
  sourceId: string,
  userId: UserId,
  present: number,
  recordHash: string | null,
  mappingVersion: number,
  attributesRevision: number,
  settingsRevision: number,
  userVersion: number,
  dueDate: string | null,
];

const linkColumns =
  'l.source_id, l.user_id, l.present, l.record_hash, l.mapping_version, l.attributes_revision, l.settings_revision, l.user_version, l.due_date';

function toLink(values: readonly [...LinkValues, ...unknown[]]): Link {
  const [sourceId, userId, present, recordHash, mappingVersion] = values;
  const [, , , , , attributesRevision, settingsRevision, userVersion, dueDate] = values;
  return {
    sourceId,
    userId,
    presence: present === 1 ? 'present' : 'absent',
    seen:
      recordHash === null
        ? null
        : { recordHash, mappingVersion, attributesRevision, settingsRevision, userVersion, dueDate },
  };
}

/** Keys for `json_each`, as the driver would store them: it replaces lone surrogates too. */
function jsonKeys(keys: readonly string[]): string {
  return JSON.stringify(keys.map((key) => key.toWellFormed()));
}

/** A transfer that does not fit is undone by throwing this through its transaction. */
class TransferRefused extends Error {
  constructor(readonly drifts: Drift[]) {
    super('transfer refused');
  }
}

/**
 * Users, links and what was last seen, in narrow tables with prepared look-ups. Many look-ups share one transaction: on
 * their own each would take and free the file's lock.
 */
export class SqliteDirectoryStore extends DirectoryStore {
  private readonly numbers: IdNumbers;

  constructor(private readonly database: SqliteDatabase) {
    super();
    this.numbers = new IdNumbers(database);
  }

  override async hasUsers(tenantId: TenantId): Promise<boolean> {
    return (
      this.database.prepare('SELECT 1 FROM users WHERE tenant_no = ? LIMIT 1').get(this.tenantNo(tenantId)) !==
      undefined
    );
  }

  override async links(
    tenantId: TenantId,
    integrationId: IntegrationId,
    sourceIds: readonly string[],
  ): Promise<Map<string, Link>> {
    const select = this.database.prepare(
      `SELECT ${linkColumns} FROM json_each(?) AS wanted
       CROSS JOIN links AS l ON l.integration_no = ? AND l.source_id = wanted.value`,
    );
    select.setReturnArrays(true);
    const links = new Map<string, Link>();
    const integrationNo = this.integrationNo(tenantId, integrationId);
    const rows = this.database.read(() => select.all(jsonKeys(sourceIds), integrationNo));
    for (const row of rows as unknown as LinkValues[]) {
      const link = toLink(row);
      links.set(link.sourceId, link);
    }
    return links;
  }

  override async users(tenantId: TenantId, ids: readonly UserId[]): Promise<Map<UserId, User>> {
    const users = new Map<UserId, User>();
    this.database.transaction(() => {
      for (const id of ids) {
        const user = this.readUser(tenantId, id);
        if (user !== null) users.set(id, user);
      }
    });
    return users;
  }

  override async activeVersions(tenantId: TenantId, ids: readonly UserId[]): Promise<Map<UserId, number>> {
    const select = this.database.prepare(
      `SELECT u.id, u.version FROM json_each(?) AS wanted
       CROSS JOIN users AS u ON u.tenant_no = ? AND u.id = wanted.value WHERE u.status = 'active'`,
    );
    select.setReturnArrays(true);
    const rows = this.database.read(() => select.all(jsonKeys(ids), this.tenantNo(tenantId)));
    const versions = new Map(rows as unknown as [UserId, number][]);
    return versions;
  }

  override async searchTexts(tenantId: TenantId, ids: readonly UserId[]): Promise<Map<UserId, string>> {
    const select = this.database.prepare(
      `SELECT u.id, b.search || char(10) || coalesce(u.employee_id_key, '') FROM json_each(?) AS wanted
       CROSS JOIN users AS u ON u.tenant_no = ? AND u.id = wanted.value CROSS JOIN user_bodies AS b ON b.no = u.no`,
    );
    select.setReturnArrays(true);
    const rows = this.database.read(() => select.all(jsonKeys(ids), this.tenantNo(tenantId)));
    return new Map(rows as unknown as [UserId, string][]);
  }

  override async byEmailKeys(tenantId: TenantId, keys: readonly string[]): Promise<Map<string, UserId>> {
    const tenantNo = this.tenantNo(tenantId);
    const select = this.database.prepare(
      "SELECT id FROM users INDEXED BY users_by_email WHERE tenant_no = ? AND email_key = ? AND status = 'active' AND email_key IS NOT NULL",
    );
    const holders = new Map<string, UserId>();
    this.database.transaction(() => {
      for (const key of keys) {
        const row = select.get(tenantNo, key) as { id: UserId } | undefined;
        if (row !== undefined) holders.set(key, row.id);
      }
    });
    return holders;
  }

  override async byEmployeeIdKeys(
    tenantId: TenantId,
    keys: readonly string[],
    now: string,
  ): Promise<Map<string, UserId[]>> {
    const tenantNo = this.tenantNo(tenantId);
    const nowMs = Date.parse(now);
    const active = this.database.prepare(
      `SELECT id FROM users INDEXED BY users_by_employee_id
       WHERE tenant_no = ? AND employee_id_key = ? AND status = 'active' AND employee_id_key IS NOT NULL`,
    );
    const gone = this.database.prepare(
      `SELECT id FROM users INDEXED BY users_gone_by_employee_id
       WHERE tenant_no = ? AND employee_id_key = ? AND status = 'deactivated' AND employee_id_key IS NOT NULL
         AND anonymize_after > ? ORDER BY id`,
    );
    const holders = new Map<string, UserId[]>();
    this.database.transaction(() => {
      for (const key of keys) {
        const rows = [...active.all(tenantNo, key), ...gone.all(tenantNo, key, nowMs)] as { id: UserId }[];
        if (rows.length > 0) {
          holders.set(
            key,
            rows.map((row) => row.id),
          );
        }
      }
    });
    return holders;
  }

  override async linksOfUsers(
    tenantId: TenantId,
    ids: readonly UserId[],
  ): Promise<Map<UserId, (Link & { integrationId: IntegrationId })[]>> {
    const tenantNo = this.tenantNo(tenantId);
    const select = this.database.prepare(
      `SELECT ${linkColumns}, n.id AS integration_id
       FROM links AS l JOIN id_numbers AS n ON n.no = l.integration_no
       WHERE l.tenant_no = ? AND l.user_id = ? ORDER BY l.integration_no, l.source_id`,
    );
    select.setReturnArrays(true);
    const links = new Map<UserId, (Link & { integrationId: IntegrationId })[]>();
    this.database.transaction(() => {
      for (const id of ids) {
        const rows = select.all(tenantNo, id) as unknown as [...LinkValues, integrationId: IntegrationId][];
        if (rows.length === 0) continue;
        links.set(
          id,
          rows.map((row) => ({ ...toLink(row), integrationId: row[9] })),
        );
      }
    });
    return links;
  }

  override async presentLinks(
    tenantId: TenantId,
    integrationId: IntegrationId,
    afterSourceId: string | null,
    limit: number,
  ): Promise<{ sourceId: string; userId: UserId }[]> {
    const integrationNo = this.integrationNo(tenantId, integrationId);
    const select = this.database.prepare(
      `SELECT source_id AS sourceId, user_id AS userId FROM links
       WHERE integration_no = ?1 AND (?2 IS NULL OR source_id > ?2) AND source_id > ?3 AND present = 1
       ORDER BY source_id LIMIT ?4`,
    );
    // A source id is never empty, so that everything lies after the empty text.
    const rows = select.all(integrationNo, afterSourceId, afterSourceId ?? '', limit);
    return rows as { sourceId: string; userId: UserId }[];
  }

  override async countActiveOwned(tenantId: TenantId, integrationId: IntegrationId): Promise<number> {
    const row = this.database
      .prepare("SELECT users FROM user_counts WHERE tenant_no = ? AND owner_no = ? AND status = 'active'")
      .get(this.tenantNo(tenantId), this.integrationNo(tenantId, integrationId)) as { users: number } | undefined;
    return row?.users ?? 0;
  }

  override async countInferredRemovalsSince(
    tenantId: TenantId,
    integrationId: IntegrationId,
    since: string,
  ): Promise<number> {
    const row = this.database
      .prepare(
        `SELECT count(*) AS removed FROM users INDEXED BY users_removed
         WHERE tenant_no = ? AND owner_no = ? AND removal_inferred = 1 AND deactivated_at >= ?`,
      )
      .get(this.tenantNo(tenantId), this.integrationNo(tenantId, integrationId), Date.parse(since)) as {
      removed: number;
    };
    return row.removed;
  }

  override async write(tenantId: TenantId, writes: readonly UserWrite[]): Promise<Drift[]> {
    return this.transact(tenantId, writes, (writer) => {
      const drifts: Drift[] = [];
      for (const write of writes) {
        const cause = writer.write(write);
        if (cause !== null) drifts.push({ seq: write.seq, cause });
      }
      return drifts;
    });
  }

  override async writeTransfer(tenantId: TenantId, writes: readonly UserWrite[]): Promise<Drift[]> {
    try {
      this.transact(tenantId, writes, (writer) => {
        const open = writes
          .map((write) => ({ write, verdict: writer.judge(write) }))
          .filter((one) => one.verdict !== 'applied');
        refuse(
          open.filter((one) => one.verdict === 'version').map(({ write }) => ({ seq: write.seq, cause: 'version' })),
        );
        for (const { write } of open) writer.clearKeys(write.user);
        refuse(
          open.flatMap(({ write }): Drift[] => {
            const cause = writer.write(write);
            return cause === null ? [] : [{ seq: write.seq, cause }];
          }),
        );
      });
      return [];
    } catch (error) {
      if (error instanceof TransferRefused) return error.drifts;
      throw error;
    }
  }

  override async writeLinks(
    tenantId: TenantId,
    integrationId: IntegrationId,
    turn: number,
    links: readonly Link[],
  ): Promise<boolean> {
    const integrationNo = this.numbers.assign(tenantId, 'integration', integrationId);
    return this.transact(tenantId, [], (writer) => {
      if (writer.isOver(integrationId, turn)) return false;
      for (const link of links) writer.renewLink(integrationNo, link);
      return true;
    });
  }

  override async parkedReferences(
    tenantId: TenantId,
    after: UserId | null,
    limit: number,
  ): Promise<{ userId: UserId; owner: IntegrationId | null; reference: ManagerReference }[]> {
    const rows = this.database
      .prepare(
        `SELECT u.id, u.manager_by AS by, u.manager_key AS key, n.id AS owner
         FROM users AS u INDEXED BY users_parked LEFT JOIN id_numbers AS n ON n.no = u.owner_no
         WHERE u.tenant_no = ? AND u.id > ? AND u.manager_by IS NOT NULL AND u.manager_id IS NULL
         ORDER BY u.id LIMIT ?`,
      )
      .all(this.tenantNo(tenantId), after ?? '', limit) as {
      id: UserId;
      by: ManagerReference['by'];
      key: string;
      owner: IntegrationId | null;
    }[];
    return rows.map(({ id, by, key, owner }) => ({ userId: id, owner, reference: { by, key, userId: null } }));
  }

  override async resolveReferences(
    tenantId: TenantId,
    resolved: readonly { userId: UserId; reference: ManagerReference; managerId: UserId }[],
  ): Promise<void> {
    const tenantNo = this.tenantNo(tenantId);
    this.database.transaction(() => {
      const update = this.database.prepare(
        `UPDATE users SET manager_id = ?
         WHERE tenant_no = ? AND id = ? AND manager_by = ? AND manager_key = ? AND manager_id IS ?`,
      );
      for (const { userId, reference, managerId } of resolved) {
        update.run(managerId, tenantNo, userId, reference.by, reference.key, reference.userId);
      }
    });
  }

  override async dueForAnonymisation(now: string, limit: number): Promise<{ tenantId: TenantId; userId: UserId }[]> {
    const rows = this.database
      .prepare(
        `SELECT n.tenant_id AS tenantId, u.id AS userId
         FROM users AS u INDEXED BY users_due JOIN id_numbers AS n ON n.no = u.tenant_no
         WHERE u.status = 'deactivated' AND u.anonymize_after <= ? ORDER BY u.anonymize_after LIMIT ?`,
      )
      .all(Date.parse(now), limit);
    return rows as { tenantId: TenantId; userId: UserId }[];
  }

  /** Raises the version, so that a plan made before drifts. Others' references to the user stay. */
  override async anonymise(tenantId: TenantId, userId: UserId, now: string): Promise<boolean> {
    return this.transact(tenantId, [], (writer) => {
      const head = writer.head(userId);
      const user = this.readUser(tenantId, userId);
      if (head === undefined || user?.status !== 'deactivated' || user.deactivation === null) return false;
      if (Date.parse(user.deactivation.anonymizeAfter) > Date.parse(now)) return false;
      const emptied: User = {
        ...user,
        version: user.version + 1,
        status: 'anonymized',
        attributes: {},
        manager: null,
        updatedAt: now,
      };
      writer.replace(emptied, head);
      this.database
        .prepare('DELETE FROM links WHERE tenant_no = ? AND user_id = ?')
        .run(this.tenantNo(tenantId), userId);
      return true;
    });
  }

  override async user(tenantId: TenantId, id: UserId): Promise<User | null> {
    return this.readUser(tenantId, id);
  }

  override async listUsers(
    tenantId: TenantId,
    filter: UserListFilter,
    after: UserId | null,
    limit: number,
  ): Promise<User[]> {
    const { integrationId } = filter;
    const ownerNo = integrationId === undefined ? null : this.integrationNo(tenantId, integrationId);
    const scope = { tenantId, tenantNo: this.tenantNo(tenantId), ownerNo };
    return listUsers(this.database, scope, filter, after, limit);
  }

  override async countByStatus(tenantId: TenantId): Promise<Record<UserStatus, number>> {
    const rows = this.database
      .prepare('SELECT status, sum(users) AS users FROM user_counts WHERE tenant_no = ? GROUP BY status')
      .all(this.tenantNo(tenantId)) as { status: UserStatus; users: number }[];
    const counts: Record<UserStatus, number> = { active: 0, deactivated: 0, anonymized: 0 };
    for (const { status, users } of rows) counts[status] = users;
    return counts;
  }

  private transact<T>(tenantId: TenantId, writes: readonly UserWrite[], work: (writer: DirectoryWriter) => T): T {
    const tenantNo = this.numbers.assign(tenantId, 'tenant', '');
    // Numbers are assigned outside the transaction: they must outlive its undoing.
    for (const { integrationId, user } of writes) {
      this.numbers.assign(tenantId, 'integration', integrationId);
      if (user.owner !== null) this.numbers.assign(tenantId, 'integration', user.owner);
    }
    return this.database.transaction(() => {
      const writer = new DirectoryWriter(this.database, this.numbers, tenantId, tenantNo);
      const result = work(writer);
      writer.finish();
      return result;
    });
  }

  private readUser(tenantId: TenantId, id: UserId): User | null {
    const row = this.database
      .prepare(
        `SELECT ${userColumns} FROM users AS u JOIN user_bodies AS b ON b.no = u.no WHERE u.tenant_no = ? AND u.id = ?`,
      )
      .get(this.tenantNo(tenantId), id);
    return row === undefined ? null : toUser(tenantId, row as unknown as UserRow);
  }

  private tenantNo(tenantId: TenantId): number {
    return this.numbers.find(tenantId, 'tenant', '');
  }

  private integrationNo(tenantId: TenantId, integrationId: IntegrationId): number {
    return this.numbers.find(tenantId, 'integration', integrationId);
  }
}

function refuse(drifts: Drift[]): void {
  if (drifts.length > 0) throw new TransferRefused(drifts);
}
