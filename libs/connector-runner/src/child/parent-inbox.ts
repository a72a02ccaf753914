import { fileChanged, type Inbox, type InboxEntry } from '#connector-sdk';
import type { Question } from '../protocol/messages.js';
import type { Answered, ParentLink } from './parent-link.js';

/** An inbox whose folder the parent has: it reads and moves files, this process has no rights to any. */
export class ParentInbox implements Inbox {
  constructor(
    private readonly parent: ParentLink,
    private readonly signal: AbortSignal,
  ) {}

  async list(folder: string): Promise<InboxEntry[]> {
    return (await this.ask({ what: 'inboxList', folder })).value as InboxEntry[];
  }

  async look(path: string): Promise<InboxEntry | null> {
    return (await this.ask({ what: 'inboxLook', path })).value as InboxEntry | null;
  }

  async *read(path: string, seen: InboxEntry): AsyncGenerator<Uint8Array, void, void> {
    const { socket } = await this.ask({ what: 'inboxRead', path, seen });
    if (socket === undefined) throw fileChanged(path);
    let read = 0;
    const abort = (): void => void socket.destroy();
    this.signal.addEventListener('abort', abort, { once: true });
    try {
      for await (const chunk of socket as AsyncIterable<Buffer>) {
        read += chunk.length;
        yield chunk;
      }
    } catch {
      // Cut off: told below, unless it was cancelled.
    } finally {
      this.signal.removeEventListener('abort', abort);
      socket.destroy();
    }
    this.signal.throwIfAborted();
    if (read !== seen.size || !isSame(await this.look(path), seen)) throw fileChanged(path);
  }

  async makeFolder(path: string): Promise<void> {
    await this.ask({ what: 'inboxMakeFolder', path });
  }

  async move(from: string, to: string): Promise<void> {
    await this.ask({ what: 'inboxMove', from, to });
  }

  private async ask(question: Question): Promise<Answered> {
    return this.parent.ask(question, this.signal);
  }
}

function isSame(now: InboxEntry | null, { kind, size, modified }: InboxEntry): boolean {
  return now?.kind === kind && now.size === size && now.modified === modified;
}
