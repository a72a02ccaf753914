import { z } from 'zod';
import { type ScimRequestEntry, type ScimRequestToAdd, unpackScimBody } from '#core';
import { time } from '../../../words.js';

const fields = z.object({
  id: z.string().describe('Rises with time.'),
  at: time.describe('When it was answered.'),
  client: z
    .object({
      tokenId: z.string().describe('The token that it came with.'),
      label: z.string().describe('What the token is for.'),
    })
    .nullable()
    .describe('Who asked; null when it came without a token of this integration.'),
  method: z.string().describe('The HTTP method.'),
  path: z.string().describe('What comes behind the integration’s SCIM address. What may be somebody’s data is `…`.'),
  status: z.int().describe('The HTTP status of the answer.'),
  detail: z.string().nullable().describe('What the client was told was wrong; null when nothing was.'),
  resourceId: z
    .string()
    .nullable()
    .describe('The SCIM id of the user or group that it named or made; null where that is none.'),
  bulkRequestId: z
    .string()
    .nullable()
    .describe('The bulk request that it was an operation of; null for a request by itself.'),
  syncId: z
    .string()
    .nullable()
    .describe('The push sync that took what was changed, the first one; null before it has, and where nothing was.'),
});

/** A request as a list has it. */
export const requestView = fields.meta({ id: 'ScimRequest' });

/** A request as those see it who may see records. */
export const requestWithBodyView = fields
  .extend({
    body: z
      .object({
        text: z
          .string()
          .nullable()
          .describe('JSON, without passwords; of one over 32 KiB the beginning. Null: nothing of it was kept.'),
        bytes: z.int().nullable().describe('How long it was, as far as that is known.'),
        note: z
          .enum(['cut', 'tooLarge', 'unreadable'])
          .nullable()
          .describe(
            '`cut`: only the beginning was kept; `tooLarge`: refused for its size, unread; `unreadable`: no JSON, and nobody knows what was in it. Null: it is here whole.',
          ),
      })
      .nullable()
      .describe('What it said; null where there was nothing, or it was refused before that was looked at.'),
  })
  .meta({ id: 'ScimRequestWithBody' });

export function toRequestView(entry: ScimRequestEntry): z.input<typeof requestView> {
  const { isWrite: _isWrite, bulk, ...shown } = entry;
  return { ...shown, bulkRequestId: bulk };
}

export function toRequestWithBodyView({ body, ...entry }: ScimRequestToAdd): z.input<typeof requestWithBodyView> {
  const shown = toRequestView(entry);
  if (body === null) return { ...shown, body: null };
  const { packed, bytes, note } = body;
  return { ...shown, body: { text: packed === null ? null : unpackScimBody(packed), bytes, note } };
}
