import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { CanaryWatch } from '../../support/canary-watch.js';
import { PatientApi } from './patient-api.js';

describe('the API of a reporter that may end', () => {
  const ends: (() => void)[] = [];
  afterEach(() => {
    for (const end of ends.splice(0)) end();
  });

  async function start(answer: (nth: number, request: IncomingMessage, response: ServerResponse) => void) {
    let asked = 0;
    const server = createServer((request, response) => {
      asked += 1;
      answer(asked, request, response);
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    ends.push(() => server.close());
    const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    return new PatientApi(url, 'key', 5_000, new CanaryWatch());
  }

  it.each(['GET', 'POST'])(
    'asks by %s again when an answer breaks off in the middle, under the same key',
    async (method) => {
      const keys: unknown[] = [];
      const api = await start((nth, request, response) => {
        keys.push(request.headers['idempotency-key']);
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': 12 });
        if (nth === 1) response.write('{"whole"', () => response.destroy());
        else response.end('{"whole": 1}');
      });
      const body = method === 'POST' ? { name: 'Acme' } : undefined;
      expect(await api.call(method, '/v1/anything', body)).toMatchObject({ status: 200, body: { whole: 1 } });
      expect(keys).toHaveLength(2);
      expect(keys[1]).toBe(keys[0]);
    },
  );
});
