import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KafkaWire } from './kafka-wire.js';
import { ServerProxy } from './server-proxy.js';

const heartbeat = 12;
const metadata = 3;

let server: Server;
let proxy: ServerProxy;
/** Api key and correlation id of each request that arrived. */
let arrived: [number, number][];
let clients: Socket[];

beforeEach(async () => {
  arrived = [];
  clients = [];
  server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (request: Buffer) => {
      const [apiKey, id] = [request.readInt16BE(4), request.readInt32BE(8)];
      arrived.push([apiKey, id]);
      socket.write(apiKey === metadata ? answer(id, address(port())) : answer(id, Buffer.alloc(0)));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  proxy = await ServerProxy.start(new KafkaWire('127.0.0.1', port()), { host: '127.0.0.1', port: port() });
});

afterEach(async () => {
  for (const client of clients) client.destroy();
  await proxy.close();
  server.close();
});

describe('a proxy between a client and its server', () => {
  it('names itself where the server names its own address', async () => {
    const client = await open();
    client.write(request(metadata, 7));
    const [received] = (await once(client, 'data')) as [Buffer];
    expect(received.subarray(8)).toEqual(address(proxy.port));
  });

  it('keeps an answer and resets the connection after the server has done its work', async () => {
    proxy.dropAnswers(['Heartbeat'], 1);
    const client = await open();
    client.write(request(heartbeat, 1));
    await closed(client);
    expect(arrived).toEqual([[heartbeat, 1]]);
    expect(client.bytesRead).toBe(0);
    expect(proxy.counts.droppedAnswers).toBe(1);

    const next = await open();
    next.write(request(heartbeat, 2));
    await once(next, 'data');
    expect(proxy.counts.droppedAnswers).toBe(1);
  });

  it('cuts connections that are there and takes no new ones until it is open again', async () => {
    const client = await open();
    proxy.set('cut');
    await closed(client);
    await closed(dial());
    proxy.set('open');
    const next = await open();
    next.write(request(heartbeat, 3));
    await once(next, 'data');
  });

  it('swallows what passes while the connection stays', async () => {
    const client = await open();
    proxy.set('swallowing');
    client.write(request(heartbeat, 4));
    await sleep(50);
    expect(arrived).toEqual([]);
    expect(client.destroyed).toBe(false);
    proxy.set('open');
    client.write(request(heartbeat, 5));
    await sleep(50);
    expect(arrived).toEqual([]);
  });

  it('holds a request back until it is let go', async () => {
    const held = proxy.holdNext('Heartbeat');
    const client = await open();
    client.write(request(heartbeat, 6));
    await held.caught;
    await sleep(30);
    expect(arrived).toEqual([]);
    held.release();
    await once(client, 'data');
    expect(arrived).toEqual([[heartbeat, 6]]);
  });
});

function port(): number {
  return (server.address() as AddressInfo).port;
}

function dial(): Socket {
  const client = connect(proxy.port, '127.0.0.1');
  client.on('error', () => undefined);
  clients.push(client);
  return client;
}

async function open(): Promise<Socket> {
  const client = dial();
  await once(client, 'connect');
  return client;
}

/** Resets are errors, and wanted here. */
function closed(client: Socket): Promise<void> {
  return new Promise((resolve) => client.once('close', () => resolve()));
}

function request(apiKey: number, id: number): Buffer {
  const frame = Buffer.alloc(14);
  frame.writeInt32BE(10, 0);
  frame.writeInt16BE(apiKey, 4);
  frame.writeInt32BE(id, 8);
  return frame;
}

function answer(id: number, body: Buffer): Buffer {
  const frame = Buffer.alloc(8);
  frame.writeInt32BE(4 + body.length, 0);
  frame.writeInt32BE(id, 4);
  return Buffer.concat([frame, body]);
}

function address(of: number): Buffer {
  const bytes = Buffer.alloc(2 + 9 + 4);
  bytes.writeInt16BE(9, 0);
  bytes.write('127.0.0.1', 2, 'latin1');
  bytes.writeInt32BE(of, 11);
  return bytes;
}
