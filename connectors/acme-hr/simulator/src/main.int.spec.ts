import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';

const MAIN = join(import.meta.dirname, '../../../../dist/connectors/acme-hr/simulator/src/main.js');

it('runs as a process of its own, steered over HTTP, until it is told to stop', async () => {
  const simulator = spawn(process.execPath, [
    MAIN,
    '--port',
    '0',
    '--people',
    '300',
    '--seed',
    '7',
    '--odd-share',
    '0.1',
  ]);
  try {
    const [line] = (await once(createInterface(simulator.stdout), 'line')) as [string];
    const { listening } = JSON.parse(line) as { listening: string };
    const call = async (method: string, path: string, body?: unknown) => {
      const response = await fetch(`${listening}/_sim/${path}`, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    };

    expect((await call('GET', 'state')).body).toMatchObject({ people: 300, total: 300, seed: 7 });
    const before = (await call('GET', 'fingerprint')).body;
    const { body: hired } = await call('POST', 'hire', { count: 2 });
    expect(hired).toEqual({ ids: ['W0000301', 'W0000302'] });
    expect((await call('POST', 'terminate', { ids: ['W0000301'], date: '2025-05-01' })).status).toBe(200);
    expect((await call('PATCH', 'workers/W0000302', { location: { site: 'Oslo' } })).body).toMatchObject({
      location: { site: 'Oslo' },
    });
    expect((await call('GET', 'workers/W0000301')).body).toMatchObject({
      employment: { status: 'T', endDate: '2025-05-01' },
    });
    for (const change of ['remove', 'rename', 'move', 'change-email', 'pass-email', 'swap-emails', 'circle-emails']) {
      expect((await call('POST', change)).status).toBe(200);
    }
    await call('POST', 'workers', { workerId: 'X1' });
    await call('POST', 'misbehave', { kind: 'error500', times: 3, on: 'token' });
    expect((await call('GET', 'state')).body).toMatchObject({
      total: 303,
      misbehaviours: [{ kind: 'error500', left: 3 }],
    });
    expect((await fetch(`${listening}/oauth/token`, { method: 'POST' })).status).toBe(500);
    expect((await call('DELETE', 'misbehave/error500')).status).toBe(200);
    expect((await fetch(`${listening}/oauth/token`, { method: 'POST' })).status).toBe(401);
    expect((await fetch(`${listening}/api/v2/workers`)).status).toBe(401);
    expect((await fetch(`${listening}/api/v2/workers`, { method: 'DELETE' })).status).toBe(405);
    expect((await call('GET', 'counters')).body).toMatchObject({
      token: 2,
      list: 1,
      writes: 1,
      byStatus: { '500': 1, '401': 2, '405': 1 },
    });
    expect(Object.values((await call('GET', 'oddities')).body).flat().length).toBeGreaterThan(10);

    expect(await call('POST', 'misbehave', { kind: 'tapDance' })).toMatchObject({ status: 400 });
    expect(await call('POST', 'rename', { ids: ['W9999999'] })).toMatchObject({
      status: 400,
      body: { error: 'There is no worker W9999999.' },
    });
    expect(await call('POST', 'dance')).toMatchObject({ status: 404 });

    await call('POST', 'restore');
    expect((await call('GET', 'fingerprint')).body).toEqual(before);
    const ended = once(simulator, 'exit');
    simulator.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  } finally {
    simulator.kill('SIGKILL');
  }
});
