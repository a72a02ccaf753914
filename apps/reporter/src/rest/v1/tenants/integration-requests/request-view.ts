import { z } from 'zod';
import { type IntegrationRequest, integrationRequestStates } from '#core';
import { entityTag, Answer } from '../../../http/answer.js';
import { line, text } from '../../../http/fields.js';
import { time } from '../../words.js';

export const requestState = z
  .enum(integrationRequestStates)
  .describe(
    '`requested → scoped → deployed → live`, moved by an operator but for the last, which follows when the integration is live; `declined` by an operator, `withdrawn` by the tenant.',
  );

export const stepComment = text(2000).describe('Why, or what comes next. No personal data.');

const described = {
  sourceSystem: 'The system that people come from, as its maker calls it.',
  documentationUrl: 'Where its API is documented; null: nowhere, or not known yet.',
  authentication: 'How a program authenticates to it.',
  payloadShape: 'What its answers or files look like: format, paging, nesting.',
  wantedFields: 'The fields that users are to have.',
  volume: 'How many people, roughly, and how large one is.',
  frequency: 'How often it is to be read, or what sends changes.',
  connectivity: 'How it is reached: from the Internet, by a tunnel, from fixed addresses.',
  note: 'Whatever else helps. No personal data, no secrets.',
};

/** The fields as they are sent. */
export const wantedFields = {
  sourceSystem: line(200).describe(described.sourceSystem),
  documentationUrl: z
    .url({ protocol: /^https?$/, error: 'An address that starts with https:// or http:// is expected.' })
    .max(2000)
    .nullable()
    .describe(described.documentationUrl),
  authentication: line(500).describe(described.authentication),
  payloadShape: line(2000).describe(described.payloadShape),
  wantedFields: z.array(line(200)).max(200).describe(described.wantedFields),
  volume: line(200).describe(described.volume),
  frequency: line(200).describe(described.frequency),
  connectivity: line(500).describe(described.connectivity),
  note: text(5000).describe(described.note),
};

export const requestView = z
  .object({
    id: z.string(),
    sourceSystem: z.string().describe(described.sourceSystem),
    documentationUrl: z.string().nullable().describe(described.documentationUrl),
    authentication: z.string().describe(described.authentication),
    payloadShape: z.string().describe(described.payloadShape),
    wantedFields: z.array(z.string()).describe(described.wantedFields),
    volume: z.string().describe(described.volume),
    frequency: z.string().describe(described.frequency),
    connectivity: z.string().describe(described.connectivity),
    note: z.string().describe(described.note),
    state: requestState,
    integrationId: z.string().nullable().describe('The integration that was deployed for it; null before.'),
    steps: z
      .array(
        z.object({
          state: requestState,
          at: time.describe('When it came to this state.'),
          by: z.string().describe('`key:` and the id of an API key; `muster` when it followed by itself.'),
          comment: z.string().describe('What they said.'),
        }),
      )
      .describe('Who brought it to which state, oldest first.'),
    revision: z.int().describe('Also the ETag: send it as If-Match with a change.'),
    createdAt: time,
  })
  .meta({ id: 'IntegrationRequest' });

export function toRequestView(request: IntegrationRequest): z.input<typeof requestView> {
  const { tenantId: _tenant, wanted, ...shown } = request;
  return { ...shown, ...wanted };
}

export function toRequestAnswer(request: IntegrationRequest): Answer<z.input<typeof requestView>> {
  return new Answer(toRequestView(request), { headers: { etag: entityTag(request.revision) } });
}
