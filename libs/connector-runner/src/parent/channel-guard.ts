import type { ChildProcess } from 'node:child_process';

/** All that Node in a child has to say in its channel: that a handle has come, or has not. */
const said = ['{"cmd":"NODE_HANDLE_ACK"}\n', '{"cmd":"NODE_HANDLE_NACK"}\n'] as const;

/** Of Node's own, which reads a channel in here: bytes, or nothing at its end. */
interface Channel {
  onread(bytes?: ArrayBuffer): void;
}

/** As Node keeps them: `_handleQueue` is there from when a handle was sent until the child has said something of it. */
type Internals = Readonly<Record<symbol, unknown>> & { readonly _handleQueue: readonly unknown[] | null };

/**
 * Looks at what a child writes into its channel before Node does. Node takes a child's word for it: a line that is no JSON, or a
 * word about a handle that nobody sent, is thrown where nobody can catch it and ends this process; what has no end fills its
 * memory. (Of Node 26, `setupChannel` in lib/internal/child_process.js; there is no public way.)
 *
 * @param nonsense called once, for anything else than a word about the handle that was sent last; nothing is read any more then
 */
export function guardChannel(child: ChildProcess, nonsense: () => void): void {
  const internals = child as unknown as Internals;
  const key = Object.getOwnPropertySymbols(child).find(({ description }) => description === 'kChannelHandle');
  const channel = key === undefined ? undefined : (internals[key] as Channel | undefined);
  // A process that was not started has none.
  if (channel === undefined) return;
  const read = channel.onread.bind(channel);
  let begun = '';
  let isSpoilt = false;
  channel.onread = (bytes) => {
    if (bytes === undefined) return read();
    if (isSpoilt) return;
    begun += Buffer.from(bytes).toString('latin1');
    const isWhole = said.some((line) => line === begun);
    if (isWhole ? internals._handleQueue !== null : said.some((line) => line.startsWith(begun))) {
      if (isWhole) begun = '';
      return read(bytes);
    }
    isSpoilt = true;
    nonsense();
  };
}
