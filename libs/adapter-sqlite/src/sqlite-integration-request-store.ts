import {
  type IntegrationRequest,
  type IntegrationRequestFilter,
  type IntegrationRequestId,
  IntegrationRequestStore,
  requestEvent,
  type TenantId,
} from '#core';
import { logNoticeEvent } from './log-notice-event.js';
import { QueryConditions } from './query-conditions.js';
import type { SqliteDatabase } from './sqlite-database.js';

interface RequestRow {
  revision: number;
  body: string;
}

function toRequest({ revision, body }: RequestRow): IntegrationRequest {
  return { ...(JSON.parse(body) as Omit<IntegrationRequest, 'revision'>), revision };
}

function bodyOf({ revision: _revision, ...body }: IntegrationRequest): string {
  return JSON.stringify(body);
}

/** Every write is one transaction at `full`. */
export class SqliteIntegrationRequestStore extends IntegrationRequestStore {
  constructor(private readonly database: SqliteDatabase) {
    super();
  }

  override async create(request: IntegrationRequest): Promise<void> {
    this.database.transaction(() => {
      this.database
        .prepare(
          `INSERT INTO integration_requests (tenant_id, id, created_at, state, revision, body)
           VALUES (?, ?, ?, ?, ?, ?)`,
        )
        .run(request.tenantId, request.id, request.createdAt, request.state, request.revision, bodyOf(request));
    }, 'full');
  }

  override async request(tenantId: TenantId, id: IntegrationRequestId): Promise<IntegrationRequest | null> {
    return this.database.read(() => {
      const row = this.database
        .prepare('SELECT revision, body FROM integration_requests WHERE tenant_id = ? AND id = ?')
        .get(tenantId, id) as RequestRow | undefined;
      return row === undefined ? null : toRequest(row);
    });
  }

  override async requests(
    tenantId: TenantId,
    { state }: IntegrationRequestFilter,
    after: IntegrationRequestId | null,
    limit: number,
  ): Promise<IntegrationRequest[]> {
    const where = new QueryConditions().add('tenant_id = ?', tenantId).addIfGiven('state = ?', state);
    if (after !== null) {
      const place = 'SELECT created_at, id FROM integration_requests WHERE tenant_id = ? AND id = ?';
      where.add(`(created_at, id) < (${place})`, tenantId, after);
    }
    return this.database.read(() => {
      const rows = this.database
        .prepare(
          `SELECT revision, body FROM integration_requests WHERE ${where.sql}
           ORDER BY created_at DESC, id DESC LIMIT ?`,
        )
        .all(...where.values, limit) as unknown as RequestRow[];
      return rows.map(toRequest);
    });
  }

  override async update(request: IntegrationRequest): Promise<'updated' | 'stale' | 'unknown'> {
    const { tenantId, id, state, revision } = request;
    return this.database.transaction(() => {
      const before = this.database
        .prepare('SELECT state FROM integration_requests WHERE tenant_id = ? AND id = ?')
        .get(tenantId, id) as Pick<IntegrationRequest, 'state'> | undefined;
      const { changes } = this.database
        .prepare(
          `UPDATE integration_requests SET state = ?, body = ?, revision = revision + 1
           WHERE tenant_id = ? AND id = ? AND revision = ?`,
        )
        .run(state, bodyOf(request), tenantId, id, revision);
      if (changes === 0) return before === undefined ? 'unknown' : 'stale';
      const event = before === undefined ? null : requestEvent(before.state, request);
      if (event !== null) logNoticeEvent(this.database, event);
      return 'updated';
    }, 'full');
  }

  override async deployed(
    after: Pick<IntegrationRequest, 'tenantId' | 'id'> | null,
    limit: number,
  ): Promise<IntegrationRequest[]> {
    return this.database.read(() => {
      const rows = this.database
        .prepare(
          `SELECT revision, body FROM integration_requests WHERE state = 'deployed' AND (tenant_id, id) > (?, ?)
           ORDER BY tenant_id, id LIMIT ?`,
        )
        .all(after?.tenantId ?? '', after?.id ?? '', limit) as unknown as RequestRow[];
      return rows.map(toRequest);
    });
  }
}
