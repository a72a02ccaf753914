import { expect, it } from 'vitest';
import { readEvents } from './event-source.js';

async function read(...chunks: string[]) {
  async function* body() {
    for (const chunk of chunks) yield new TextEncoder().encode(chunk);
  }
  const ids: string[] = [];
  const events = [];
  for await (const event of readEvents(body(), (id) => ids.push(id))) events.push(event);
  return { ids, events };
}

it('reads events that arrive in any pieces, ids without an event, and no comments', async () => {
  const text =
    'retry: 1000\n\nid: 4\n\n:\n\nevent: state\nid: 5\ndata: {"state":"planning"}\n\nevent: end\ndata: {}\n\n';
  const expected = {
    ids: ['4', '5'],
    events: [
      { event: 'mark', data: null },
      { event: 'state', data: { state: 'planning' } },
      { event: 'end', data: {} },
    ],
  };
  expect(await read(text)).toEqual(expected);
  expect(await read(...text)).toEqual(expected);
});

it('leaves out an event that was cut off', async () => {
  expect(await read('event: state\nid: 5\ndata: {"st')).toEqual({ ids: [], events: [] });
});
