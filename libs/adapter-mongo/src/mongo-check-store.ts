import { CheckStore, type CheckStep, type ConnectionCheck, type TenantId } from '#core';
import { key } from './keys.js';
import type { MongoConnection } from './mongo-connection.js';
import { connectionChecks, type ConnectionCheckDocument } from './schemas/connection-checks.js';

function toCheck({ _id, steps, ...check }: ConnectionCheckDocument): ConnectionCheck {
  return { ...check, steps: JSON.parse(steps) as CheckStep[] };
}

export class MongoCheckStore extends CheckStore {
  constructor(private readonly connection: MongoConnection) {
    super();
  }

  override async request(check: ConnectionCheck): Promise<void> {
    await this.connection.run(() =>
      this.checks.insertOne({ _id: key(check.tenantId, check.id), ...check, steps: JSON.stringify(check.steps) }),
    );
  }

  override async pending(limit: number): Promise<ConnectionCheck[]> {
    return this.connection.run(async () => {
      const found = await this.checks.find({ finishedAt: null }).sort({ requestedAt: 1, id: 1 }).limit(limit).toArray();
      return found.map(toCheck);
    });
  }

  override async answer(check: ConnectionCheck): Promise<void> {
    await this.connection.run(() =>
      this.checks.updateOne(
        { _id: key(check.tenantId, check.id) },
        { $set: { finishedAt: check.finishedAt, steps: JSON.stringify(check.steps) } },
      ),
    );
  }

  override async check(tenantId: TenantId, id: string): Promise<ConnectionCheck | null> {
    return this.connection.run(async () => {
      const found = await this.checks.findOne({ _id: key(tenantId, id) });
      return found === null ? null : toCheck(found);
    });
  }

  override async deleteBefore(instant: string): Promise<void> {
    await this.connection.run(() =>
      this.checks.deleteMany({ finishedAt: { $type: 'string' }, requestedAt: { $lt: instant } }),
    );
  }

  private get checks() {
    return this.connection.collection(connectionChecks);
  }
}
