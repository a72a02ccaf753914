import type { Company } from './company.js';
import type { MisbehaviourSwitch } from './misbehaviour.js';
import { PageBuilder } from './page-builder.js';

/** The answer to one request for a page, before it is sent. */
export interface ListAnswer {
  readonly parts: readonly Buffer[];
  readonly rows: number;
}

const HEAD = Buffer.from('{"workers":[');

/** `GET /api/v2/workers`: pages over the company, and what misbehaviours make of them. */
export class WorkerList {
  private readonly pages: PageBuilder;
  private reads = 0;

  constructor(
    private readonly company: Company,
    private readonly misbehaviours: MisbehaviourSwitch,
  ) {
    this.pages = new PageBuilder(company);
  }

  /** @returns `null` for a cursor that this list never gave out */
  answer(limit: number, cursor: string | null): ListAnswer | null {
    const after = cursor === null ? -1 : readCursor(cursor);
    if (after === null) {
      return null;
    }
    const take = (kind: Parameters<MisbehaviourSwitch['take']>[0]) => this.misbehaviours.take(kind, 'list');
    if (take('emptyList')) {
      return finish([], 0, null, 0);
    }
    const halved = take('loseHalf') !== null;
    const page = this.pages.page(after, limit, halved);
    let next = this.pages.hasMore(page.lastSlot, halved) ? writeCursor(page.lastSlot) : null;
    let total = halved ? this.countHalved() : this.company.count;
    let rows: Buffer[] = [page.rows];
    let count = page.count;

    const wrongTotal = take('wrongTotal');
    if (wrongTotal) {
      total = wrongTotal.total ?? total + 7;
    }
    if (take('loopCursor')) {
      next = cursor ?? writeCursor(-1);
    }
    const texts = this.alteredRows(after, limit, halved, take);
    if (texts) {
      rows = [Buffer.from(texts.join(','), 'utf8')];
      count = texts.length;
    }
    const isLastButOne =
      next !== null && !this.pages.hasMore(this.pages.page(page.lastSlot, limit, halved).lastSlot, halved);
    const isOnly = next === null && after === -1;
    if ((isLastButOne || isOnly) && take('dropLastPage')) {
      next = null;
      if (isOnly) {
        const kept = this.pages.texts(after, Math.ceil(page.count / 2), halved);
        rows = [Buffer.from(kept.join(','), 'utf8')];
        count = kept.length;
      }
    }
    return finish(rows, count, next, total);
  }

  private alteredRows(
    after: number,
    limit: number,
    halved: boolean,
    take: (
      kind: 'repeatRow' | 'dropAndRepeat' | 'sourceChanged' | 'junkRecord',
    ) => { junk?: 'invalidJson' | 'wrongType' } | null,
  ): string[] | null {
    const repeat = take('repeatRow');
    const swap = take('dropAndRepeat');
    const change = take('sourceChanged');
    const junk = take('junkRecord');
    if (!(repeat || swap || change || junk)) {
      return null;
    }
    const texts = this.pages.texts(after, limit, halved);
    const [first] = texts;
    if (first === undefined) {
      return texts;
    }
    if (change) {
      this.reads += 1;
      texts[0] = first.replace(/"costCentre":"[^"]*"/, `"costCentre":"CC-R${this.reads}${this.company.shape.mark}"`);
    }
    if (junk) {
      texts[0] = junk.junk === 'wrongType' ? '42' : first.replace('"legalName":{', '"legalName":{oops ');
    }
    if (swap && texts.length > 1) {
      texts[texts.length - 1] = texts[0] ?? first;
    }
    if (repeat) {
      const previous = this.company.isListed(after) ? this.company.text(after) : null;
      if (previous === null) {
        texts.push(texts.at(-1) ?? first);
      } else {
        texts.unshift(previous);
      }
    }
    return texts;
  }

  private countHalved(): number {
    let count = 0;
    for (let slot = 0; slot < this.company.slotCount; slot += 2) {
      count += this.company.isListed(slot) ? 1 : 0;
    }
    return count;
  }
}

function finish(rows: Buffer[], count: number, next: string | null, total: number): ListAnswer {
  const tail = Buffer.from(`],"paging":{"next":${JSON.stringify(next)},"total":${total}}}`);
  return { parts: [HEAD, ...rows, tail], rows: count };
}

/** A place in the list, which stays the same place whoever comes or goes. */
function writeCursor(slot: number): string {
  return Buffer.from(`after:${slot}`).toString('base64url');
}

function readCursor(cursor: string): number | null {
  const match = /^after:(-1|\d+)$/.exec(Buffer.from(cursor, 'base64url').toString('utf8'));
  return match ? Number(match[1]) : null;
}
