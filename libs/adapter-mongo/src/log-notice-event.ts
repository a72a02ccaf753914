import type { mongo } from 'mongoose';
import type { NoticeEvent } from '#core';
import { key } from './keys.js';
import type { MongoConnection } from './mongo-connection.js';
import { noticeEvents } from './schemas/notices.js';

/** Notes that people may have to be told, in the caller's transaction: the one that made it happen. */
export async function logNoticeEvent(
  connection: MongoConnection,
  session: mongo.ClientSession,
  event: NoticeEvent,
): Promise<void> {
  await connection
    .collection(noticeEvents)
    .updateOne(
      { _id: key(event.tenantId, event.subjectId, event.state) },
      { $set: { ...event } },
      { upsert: true, session },
    );
}
