import { type DocumentField, DocumentFields, decodeJsonRecord } from '#mapping';
import type { Environment } from '../context.js';
import { type LocalSourceOptions, openLocalSource, told } from './local-source.js';

/** The first records of a source, and what they look like. */
export interface RecordPreview {
  /** Record documents, as expressions see them. */
  readonly records: readonly unknown[];
  /** Of how many the connector knows the source id. */
  readonly withId: number;
  readonly fields: readonly (DocumentField & { readonly fillRate: number })[];
  /** How many records are no JSON that can be read. */
  readonly unreadable: number;
  /** Whether the source has no more than these. */
  readonly isEverybody: boolean;
}

/**
 * Reads the first records, and no page more than it takes; nothing is stored.
 *
 * @throws CliError as `openLocalSource`, and for what goes wrong at the source
 */
export async function previewRecords(
  named: string,
  options: LocalSourceOptions & { limit: number },
  env: Environment,
): Promise<RecordPreview> {
  const { connector, context, close } = await openLocalSource(named, options, env);
  const fields = new DocumentFields();
  const records: unknown[] = [];
  let [withId, unreadable, isEverybody] = [0, 0, false];
  const fetch = connector.fetch(context);
  try {
    while (records.length + unreadable < options.limit) {
      const step = await fetch.next();
      if (step.done === true) {
        isEverybody = step.value.lastPageSeen;
        break;
      }
      for (const { sourceId, bytes } of step.value.records.slice(0, options.limit - records.length - unreadable)) {
        if (sourceId !== null) withId += 1;
        const decoded = decodeJsonRecord(bytes);
        if (decoded.ok) {
          fields.add(decoded.document);
          records.push(decoded.document);
        } else {
          unreadable += 1;
        }
      }
    }
    await fetch.return({ extent: 'full', lastPageSeen: false });
  } catch (error) {
    throw told(error);
  } finally {
    await close();
  }
  const { documents } = fields;
  return {
    records,
    withId,
    fields: fields.list().map((field) => ({ ...field, fillRate: field.filled / documents })),
    unreadable,
    isEverybody,
  };
}
