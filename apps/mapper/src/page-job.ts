import {
  type AttributeDefinition,
  decodePage,
  type EncodedMessage,
  encodeMessage,
  type MappedPage,
  type MappingDefinition,
  type PageRecord,
  type PageReference,
  RejectedRecordError,
  type SeenRecords,
} from '#core';
import {
  type CompiledMapping,
  compileMapping,
  type IdentifiedRecord,
  identifyRawRecord,
  mapIdentifiedRecord,
} from '#mapping';

/** A page and all that decides what becomes of it; plain data, so that it can go to another thread. */
export interface PageJobInput {
  reference: PageReference;
  /** As `encodePage` made it. */
  body: Uint8Array;
  today: string;
  mapping: FrozenMapping;
}

/** A sync's mapping before it is compiled; equal for equal keys. */
export interface FrozenMapping {
  key: string;
  definition: MappingDefinition;
  attributes: AttributeDefinition[];
  sourceIdExpression: string | null;
}

/** Who the records of a page are, before they are mapped. Parallel arrays, in order of sequence. */
export interface PageIdentities {
  sourceIds: (string | null)[];
  recordHashes: string[];
}

/** What the directory has seen of a page already, and needs no mapping. */
export interface SeenOfPage {
  seen: SeenRecords;
  /** Places in the page, rising, of the records in `seen`. */
  indexes: number[];
}

export const nothingSeen: SeenOfPage = {
  seen: { seqs: [], sourceIds: [], userIds: [], userVersions: [] },
  indexes: [],
};

const keptMappings = 16;
const compiledByKey = new Map<string, CompiledMapping>();

/** A decoded page between its two steps: first who they are, then what they map to. Pure: reads and writes nothing. */
export class PageJob {
  readonly identities: PageIdentities = { sourceIds: [], recordHashes: [] };
  private readonly mapping: CompiledMapping;
  private readonly records: PageRecord[];
  private readonly identified: IdentifiedRecord[];

  /** @throws RejectedRecordError when the page cannot be unpacked or its mapping does not compile */
  constructor(private readonly input: PageJobInput) {
    this.mapping = compiled(input.mapping);
    this.records = unpack(input);
    this.identified = this.records.map((record) => identifyRawRecord(this.mapping, record));
    for (const { sourceId, recordHash } of this.identified) {
      this.identities.sourceIds.push(sourceId);
      this.identities.recordHashes.push(recordHash);
    }
  }

  /** Maps what was not seen; gives the message for the next role, ready to be sent. */
  finish({ seen, indexes }: SeenOfPage): EncodedMessage {
    const { reference, today } = this.input;
    const skip = new Set(indexes);
    const mapped: MappedPage['mapped'] = [];
    this.records.forEach((record, index) => {
      const identified = this.identified[index];
      if (identified === undefined || skip.has(index)) return;
      mapped.push(mapIdentifiedRecord(this.mapping, record, identified, reference.firstSeq + index, today));
    });
    return encodeMessage('mapped-users', { ...reference, mapped, seen });
  }
}

function unpack({ reference, body }: PageJobInput): PageRecord[] {
  const { syncId, page, records: announced } = reference;
  let records: PageRecord[];
  try {
    records = decodePage(body);
  } catch (cause) {
    throw new RejectedRecordError(
      'undecodableMessage',
      `page ${page} of ${syncId} cannot be unpacked`,
      { syncId, page },
      { cause },
    );
  }
  if (records.length === announced) return records;
  throw new RejectedRecordError('undecodableMessage', `page ${page} of ${syncId} has not as many records as it says`, {
    syncId,
    page,
  });
}

function compiled({ key, definition, attributes, sourceIdExpression }: FrozenMapping): CompiledMapping {
  const known = compiledByKey.get(key);
  if (known !== undefined) return known;
  const compilation = compileMapping({ definition, attributes, sourceIdExpression });
  if (!compilation.ok) throw new RejectedRecordError('recordRefused', `the mapping of sync ${key} does not compile`);
  compiledByKey.set(key, compilation.mapping);
  for (const oldest of compiledByKey.keys()) {
    if (compiledByKey.size <= keptMappings) break;
    compiledByKey.delete(oldest);
  }
  return compilation.mapping;
}
