import { once } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { fileConnection } from './file-connection.js';

/** A file of such pieces, and whether it is open. */
function file(pieces: number): { bytes: AsyncGenerator<Uint8Array, void, void>; isOpen: () => boolean } {
  let isOpen = false;
  async function* bytes(): AsyncGenerator<Uint8Array, void, void> {
    isOpen = true;
    try {
      for (let at = 0; at < pieces; at += 1) {
        await Promise.resolve();
        yield Buffer.alloc(64 * 1024, at);
      }
    } finally {
      isOpen = false;
    }
  }
  return { bytes: bytes(), isOpen: () => isOpen };
}

describe('a file that comes by a connection', () => {
  it('comes whole, and is closed then', async () => {
    const { bytes, isOpen } = file(100);
    let length = 0;
    for await (const chunk of await fileConnection(bytes)) length += (chunk as Buffer).length;
    expect(length).toBe(100 * 64 * 1024);
    await vi.waitFor(() => expect(isOpen()).toBe(false));
  });

  it.each(['at once', 'after the first bytes'])('is closed when its reader goes away %s', async (when) => {
    const { bytes, isOpen } = file(100_000);
    const connection = await fileConnection(bytes);
    expect(isOpen()).toBe(true);
    if (when !== 'at once') {
      connection.resume();
      await once(connection, 'data');
    }
    connection.destroy();
    await vi.waitFor(() => expect(isOpen()).toBe(false));
  });
});
