import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { loopbackPair } from './loopback-pair.js';

/**
 * A connection by which a file's bytes come, and its end when all of them have: whoever reads counts them, because what goes wrong in
 * between only cuts it off.
 *
 * @throws what reading throws before the first byte
 */
export async function fileConnection(bytes: AsyncGenerator<Uint8Array, void, void>): Promise<Socket> {
  const first = await bytes.next();
  try {
    const [theirs, ours] = await loopbackPair();
    pipeline(Readable.from(withFirst(first, bytes)), ours)
      .catch(() => ours.destroy())
      // A reader that goes away at once leaves them before they were begun, which closes nothing.
      .finally(async () => bytes.return())
      .catch(() => undefined);
    return theirs;
  } catch (error) {
    await bytes.return();
    throw error;
  }
}

async function* withFirst(
  first: IteratorResult<Uint8Array, void>,
  rest: AsyncGenerator<Uint8Array, void, void>,
): AsyncGenerator<Uint8Array, void, void> {
  if (first.done === true) return;
  yield first.value;
  yield* rest;
}
