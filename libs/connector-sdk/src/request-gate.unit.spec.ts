import { expect, it } from 'vitest';
import { RequestGate } from './request-gate.js';

const free = new AbortController().signal;

/** Enters, and tells when it is in. */
function entering(gate: RequestGate, name: string, inside: string[], signal = free): Promise<void> {
  return gate.enter(signal).then(() => void inside.push(name));
}

it('lets in as many as there are places, the others in their order', async () => {
  const gate = new RequestGate(2);
  const inside: string[] = [];
  const all = ['a', 'b', 'c', 'd'].map((name) => entering(gate, name, inside));
  await Promise.all(all.slice(0, 2));
  expect(inside).toEqual(['a', 'b']);
  gate.leave();
  await all[2];
  expect(inside).toEqual(['a', 'b', 'c']);
  gate.leave();
  await all[3];
  gate.leave();
  gate.leave();
  await entering(gate, 'e', inside);
  expect(inside).toEqual(['a', 'b', 'c', 'd', 'e']);
});

it('forgets whoever gives up, with the reason', async () => {
  const gate = new RequestGate(1);
  const inside: string[] = [];
  await entering(gate, 'a', inside);
  const impatient = new AbortController();
  const gaveUp = entering(gate, 'b', inside, impatient.signal);
  const next = entering(gate, 'c', inside);
  impatient.abort(new Error('cancelled'));
  await expect(gaveUp).rejects.toThrow('cancelled');
  gate.leave();
  await next;
  expect(inside).toEqual(['a', 'c']);
  await expect(gate.enter(impatient.signal)).rejects.toThrow('cancelled');
});

it('keeps those behind somebody who gives up at the moment of being let in', async () => {
  const gate = new RequestGate(1);
  const inside: string[] = [];
  await entering(gate, 'a', inside);
  const late = new AbortController();
  const second = entering(gate, 'b', inside, late.signal);
  const third = entering(gate, 'c', inside);
  gate.leave();
  late.abort(new Error('cancelled'));
  await second;
  gate.leave();
  await third;
  expect(inside).toEqual(['a', 'b', 'c']);
});
