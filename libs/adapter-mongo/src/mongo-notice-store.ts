import type { mongo } from 'mongoose';
import {
  burstOf,
  type Notice,
  type NoticeChange,
  type NoticeDraft,
  type NoticeEvent,
  type NoticeFilter,
  type NoticeId,
  NoticeStore,
  type TenantId,
  withDraft,
} from '#core';
import { key } from './keys.js';
import type { MongoConnection } from './mongo-connection.js';
import { olderThan } from './older-than.js';
import { type NoticeDocument, noticeEvents, notices } from './schemas/notices.js';

function toNotice({ state, tries, nextTryAt, body }: NoticeDocument): Notice {
  return { ...(JSON.parse(body) as Notice), state, tries, nextTryAt };
}

function toDocument(notice: Notice): NoticeDocument {
  const { tenantId, id, integrationId, state, tries, nextTryAt, dueAt, createdAt } = notice;
  return {
    _id: key(tenantId, id),
    tenantId,
    id,
    integrationId,
    burst: burstOf(notice),
    state,
    tries,
    nextTryAt,
    dueAt,
    createdAt,
    body: JSON.stringify(notice),
  };
}

export class MongoNoticeStore extends NoticeStore {
  constructor(private readonly connection: MongoConnection) {
    super();
  }

  override async events(limit: number): Promise<NoticeEvent[]> {
    return this.connection.run(async () => {
      const found = await this.connection
        .collection(noticeEvents)
        .find({})
        .sort({ at: 1, _id: 1 })
        .limit(limit)
        .toArray();
      return found.map(({ _id, ...event }) => event);
    });
  }

  override async record(event: NoticeEvent, drafts: readonly NoticeDraft[], apartMs: number): Promise<boolean> {
    const { tenantId, subjectId, state, at } = event;
    return this.connection.transaction(async (session) => {
      const { deletedCount } = await this.connection
        .collection(noticeEvents)
        .deleteOne({ _id: key(tenantId, subjectId, state), at }, { session });
      if (deletedCount === 0) return false;
      for (const draft of drafts) await this.add(draft, apartMs, session);
      return true;
    });
  }

  override async due(now: string, limit: number): Promise<Notice[]> {
    return this.connection.run(async () => {
      const found = await this.notes
        .find({ state: 'waiting', nextTryAt: { $lte: now } })
        .sort({ nextTryAt: 1 })
        .limit(limit)
        .toArray();
      return found.map(toNotice);
    });
  }

  override async begin({ tenantId, id, tries }: Notice, nextTryAt: string): Promise<boolean> {
    return this.connection.run(async () => {
      const { matchedCount } = await this.notes.updateOne(
        { _id: key(tenantId, id), state: 'waiting', tries },
        { $set: { nextTryAt }, $inc: { tries: 1 } },
      );
      return matchedCount === 1;
    });
  }

  override async settle(tenantId: TenantId, id: NoticeId, change: NoticeChange): Promise<void> {
    await this.connection.transaction(async (session) => {
      const found = await this.notes.findOne({ _id: key(tenantId, id), state: 'waiting' }, { session });
      if (found !== null) await this.put({ ...toNotice(found), ...change }, session);
    });
  }

  override async notices(
    tenantId: TenantId,
    { integrationId, state }: NoticeFilter,
    after: NoticeId | null,
    limit: number,
  ): Promise<Notice[]> {
    return this.connection.run(async () => {
      const last = after === null ? null : await this.notes.findOne({ _id: key(tenantId, after) });
      if (after !== null && last === null) return [];
      const found = await this.notes
        .find({
          tenantId,
          ...(integrationId === undefined ? {} : { integrationId }),
          ...(state === undefined ? {} : { state }),
          ...olderThan(last),
        })
        .sort({ createdAt: -1, id: -1 })
        .limit(limit)
        .toArray();
      return found.map(toNotice);
    });
  }

  override async deleteBefore(instant: string): Promise<void> {
    await this.connection.run(() => this.notes.deleteMany({ createdAt: { $lt: instant } }));
  }

  private async add(draft: NoticeDraft, apartMs: number, session: mongo.ClientSession): Promise<void> {
    const newest = await this.notes
      .find({ tenantId: draft.tenantId, burst: burstOf(draft) }, { session })
      .sort({ dueAt: -1 })
      .limit(1)
      .next();
    await this.put(withDraft(newest === null ? null : toNotice(newest), draft, apartMs), session);
  }

  private async put(notice: Notice, session: mongo.ClientSession): Promise<void> {
    const document = toDocument(notice);
    await this.notes.replaceOne({ _id: document._id }, document, { upsert: true, session });
  }

  private get notes() {
    return this.connection.collection(notices);
  }
}
