import { mongo } from 'mongoose';
import { bytesOf } from './bytes.js';
import { key, keysBetween, lastPart } from './keys.js';
import type { MongoConnection } from './mongo-connection.js';
import type { PageKinds } from './page-kinds.js';
import type { PageText } from './page-text.js';
import { outcomeTexts } from './schemas/outcomes.js';

/** What the people of one sync's pages are found by; pages of older versions have none. `sync` is tenant:sync. */
export class OutcomeTexts {
  constructor(
    private readonly connection: MongoConnection,
    private readonly sync: string,
  ) {}

  async put(page: number, text: PageText, { kinds, kindOf }: PageKinds, session: mongo.ClientSession): Promise<void> {
    const { places, lines, signature } = text;
    await this.collection.insertOne(
      {
        _id: key(this.sync, page),
        kinds,
        kindOf: new mongo.Binary(kindOf),
        places: new mongo.Binary(places),
        lines: new mongo.Binary(lines),
        signature: new mongo.Binary(signature),
      },
      { session },
    );
  }

  /** The pages in whose signature one of these bits is not. */
  async withoutBits(bits: readonly number[]): Promise<Set<number>> {
    const found = await this.collection
      .find(
        { _id: keysBetween([this.sync], 0), signature: { $bitsAnyClear: [...bits] } },
        { projection: { _id: 1 }, hint: '_id_' },
      )
      .toArray();
    return new Set(found.map(({ _id }) => Number(lastPart(_id, [this.sync]))));
  }

  /** The texts of those pages that have one. */
  async texts(pages: readonly number[]): Promise<Map<number, Pick<PageText, 'places' | 'lines'>>> {
    const found = await this.collection
      .find({ _id: { $in: pages.map((page) => key(this.sync, page)) } }, { projection: { places: 1, lines: 1 } })
      .toArray();
    return new Map(
      found.map(({ _id, places, lines }) => [
        Number(lastPart(_id, [this.sync])),
        { places: bytesOf(places), lines: bytesOf(lines) },
      ]),
    );
  }

  /** The kinds of those pages that have them. */
  async kinds(pages: readonly number[]): Promise<Map<number, PageKinds>> {
    const found = await this.collection
      .find({ _id: { $in: pages.map((page) => key(this.sync, page)) } }, { projection: { kinds: 1, kindOf: 1 } })
      .toArray();
    return new Map(
      found.flatMap(({ _id, kinds, kindOf }): [number, PageKinds][] =>
        kinds === undefined || kindOf === undefined
          ? []
          : [[Number(lastPart(_id, [this.sync])), { kinds, kindOf: bytesOf(kindOf) }]],
      ),
    );
  }

  private get collection() {
    return this.connection.collection(outcomeTexts);
  }
}
