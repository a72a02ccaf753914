import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { decodeMessage, type EncodedMessage, RejectedRecordError } from '#core';
import { SilentLogger } from '#telemetry';
import { InlinePageMapper } from './inline-page-mapper.js';
import { nothingSeen } from './page-job.js';
import { pageOfPeople, person } from './page-of-people.spec.js';
import { ThreadedPageMapper } from './threaded-page-mapper.js';

/** Threads run what was built: `npm test` and `npm run test:int` build first. */
const root = join(import.meta.dirname, '../../..');
const file = pathToFileURL(join(root, 'dist/apps/mapper/src/mapper-thread.js'));

let mapper: ThreadedPageMapper | null = null;

afterEach(async () => {
  await mapper?.close();
  mapper = null;
});

function threads(count: number): ThreadedPageMapper {
  mapper = new ThreadedPageMapper({ threads: count, file, logger: new SilentLogger() });
  return mapper;
}

const namesIn = ({ headers, value }: EncodedMessage) =>
  decodeMessage('mapped-users', headers, value).mapped?.map(({ values }) => values['fullName']);

describe('ThreadedPageMapper', () => {
  it('gives the same message as the main thread', async () => {
    const input = await pageOfPeople([person(1), '{', person(3)]);
    const lookUp = async () => nothingSeen;
    const here = await new InlinePageMapper().map(input, 'bulk', lookUp);
    const there = await threads(1).map(input, 'bulk', lookUp);
    expect(there.headers).toEqual(here.headers);
    expect(Buffer.from(there.value).toString()).toBe(Buffer.from(here.value).toString());
  });

  it('maps many pages at once, each its own', async () => {
    const pool = threads(2);
    const pages = await Promise.all(
      Array.from({ length: 40 }, async (_, page) => {
        const message = await pool.map(await pageOfPeople([person(page)], page, page), 'bulk', null);
        return namesIn(message);
      }),
    );
    expect(pages).toEqual(Array.from({ length: 40 }, (_, page) => [`Person ${page}`]));
  });

  it('replaces a thread that dies and maps its page again', async () => {
    const pool = threads(1);
    let looks = 0;
    const message = await pool.map(await pageOfPeople([person(1)]), 'bulk', async () => {
      looks += 1;
      if (looks === 1) await pool.killAll();
      return nothingSeen;
    });
    expect(namesIn(message)).toEqual(['Person 1']);
    expect(looks).toBe(2);
  });

  it('gives up a page over which threads die again and again', async () => {
    const pool = threads(1);
    const mapping = pool.map(await pageOfPeople([person(1)]), 'bulk', async () => {
      await pool.killAll();
      return nothingSeen;
    });
    await expect(mapping).rejects.toThrow('threads died');
  });

  it('hands back what the thread refused and what the look-up threw', async () => {
    const pool = threads(1);
    const input = await pageOfPeople([person(1)]);
    const broken = pool.map({ ...input, body: new Uint8Array(4) }, 'bulk', null);
    await expect(broken).rejects.toBeInstanceOf(RejectedRecordError);
    const outage = new Error('the store is away');
    await expect(pool.map(input, 'bulk', async () => Promise.reject(outage))).rejects.toBe(outage);
    expect(namesIn(await pool.map(input, 'quick', null))).toEqual(['Person 1']);
  });
});
