import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { ApiClient } from './api-client.js';

async function withServer(
  handle: (request: IncomingMessage, response: ServerResponse) => void,
  work: (api: ApiClient) => Promise<void>,
): Promise<void> {
  const server = createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  try {
    await work(new ApiClient({ url: `http://127.0.0.1:${String(port)}`, apiKey: 'mus_x', tenant: 'ten_acme' }));
  } finally {
    server.close();
  }
}

const path = { integration: 'int_1' };

it('sends a command again under the same key when the answer was lost', async () => {
  const keys: unknown[] = [];
  await withServer(
    (request, response) => {
      keys.push(request.headers['idempotency-key']);
      if (keys.length === 1) request.socket.destroy();
      else if (keys.length === 2) response.writeHead(409, { 'retry-after': '1' }).end('{}');
      else response.end('{"id":"syn_1"}');
    },
    async (api) => {
      expect(await api.inTenant('POST', '/integrations/{integration}/syncs', { path, body: {} })).toEqual({
        id: 'syn_1',
      });
    },
  );
  expect(keys).toHaveLength(3);
  expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
  expect(new Set(keys).size).toBe(1);
});

it('sends a command again whose answer broke off', async () => {
  const keys: unknown[] = [];
  await withServer(
    (request, response) => {
      keys.push(request.headers['idempotency-key']);
      if (keys.length > 1) {
        response.end('{"id":"syn_1"}');
        return;
      }
      response.writeHead(202, { 'content-length': '14' });
      response.write('{"id":', () => request.socket.destroy());
    },
    async (api) => {
      expect(await api.inTenant('POST', '/integrations/{integration}/syncs', { path, body: {} })).toEqual({
        id: 'syn_1',
      });
    },
  );
  expect(keys).toHaveLength(2);
  expect(new Set(keys).size).toBe(1);
});

it('does not send what is no command again', async () => {
  let requests = 0;
  await withServer(
    (request) => {
      requests += 1;
      request.socket.destroy();
    },
    async (api) => {
      await expect(api.inTenant('PATCH', '/integrations/{integration}', { path, body: {} })).rejects.toThrow(
        'does not answer',
      );
    },
  );
  expect(requests).toBe(1);
});
