import { z } from 'zod';

/** One request and what the source replied, as a fixture holds them. */
export const recordedReplySchema = z.strictObject({
  request: z.strictObject({ method: z.string(), path: z.string().describe('Path and query') }),
  reply: z.strictObject({
    status: z.int(),
    headers: z.record(z.string(), z.string()),
    body: z.string().describe('The text of the body, as it came but for what was scrubbed'),
  }),
});

export type RecordedReply = z.output<typeof recordedReplySchema>;
