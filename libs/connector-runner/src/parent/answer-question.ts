import type { Socket } from 'node:net';
import { pipeline } from 'node:stream';
import { type Dialler, type Inbox, type OwnSecrets, type RequestBudget, SourceFatalError } from '#connector-sdk';
import type { Question } from '../protocol/messages.js';
import { fileConnection } from './file-connection.js';
import { loopbackPair } from './loopback-pair.js';

/** What a connector may ask of the process that holds the keys. */
export interface Answerer {
  readonly dialler: Dialler;
  readonly ownSecrets: OwnSecrets;
  readonly inbox?: Inbox;
  readonly budget?: RequestBudget;
}

/**
 * Answers a child's question; to `connect` and `inboxRead`, with a socket that is the child's from then on.
 *
 * @throws as the dialler, the store of secrets and the inbox do
 */
export async function answerQuestion(
  { dialler, ownSecrets, inbox, budget }: Answerer,
  question: Question,
  signal: AbortSignal,
): Promise<{ value: unknown; socket?: Socket }> {
  switch (question.what) {
    case 'locate':
      return { value: (await dialler.locate(question.host, { timeoutMs: question.timeoutMs, signal })).addresses };
    case 'connect':
      return { value: null, socket: await connection(dialler, question, signal) };
    case 'takeRequest':
      return { value: (await budget?.take(signal)) ?? null };
    case 'readSecret':
      return { value: await ownSecrets.read(question.name) };
    case 'replaceSecret':
      return { value: await ownSecrets.replace(question.name, { from: question.from, to: question.to }) };
    case 'inboxList':
      return { value: await required(inbox).list(question.folder) };
    case 'inboxLook':
      return { value: await required(inbox).look(question.path) };
    case 'inboxRead':
      return { value: null, socket: await fileConnection(required(inbox).read(question.path, question.seen)) };
    case 'inboxMakeFolder':
      return { value: (await required(inbox).makeFolder(question.path)) ?? null };
    case 'inboxMove':
      return { value: (await required(inbox).move(question.from, question.to)) ?? null };
  }
}

/** The connection itself, or where that cannot be given away because a proxy's stands for it, one end of another that leads into it. */
async function connection(
  dialler: Dialler,
  { host, port, timeoutMs }: Extract<Question, { what: 'connect' }>,
  signal: AbortSignal,
): Promise<Socket> {
  const { socket, isBare } = await dialler.connectUnread(host, port, { timeoutMs, signal });
  if (isBare) return socket;
  // It is being read already, and may break while the pair is made.
  socket.on('error', () => undefined);
  try {
    const [theirs, ours] = await loopbackPair();
    if (socket.destroyed) {
      // Nothing leads anywhere any more, which whoever has the other end sees as with any connection.
      ours.destroy();
    } else {
      pipeline(socket, ours, () => undefined);
      pipeline(ours, socket, () => undefined);
    }
    return theirs;
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

function required(inbox: Inbox | undefined): Inbox {
  if (inbox !== undefined) return inbox;
  throw new SourceFatalError({ code: 'noInbox', message: 'This integration has no inbox.' });
}
