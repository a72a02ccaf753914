import { createWriteStream, mkdirSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OpenSshServer } from '#testing';
import { csvSftp } from './csv-sftp.connector.js';
import { describeCsvSftp } from './csv-sftp-cases.spec.js';
import { folder, header, nameOf, put, report, RunningFetch } from './running-fetch.spec.js';

describeCsvSftp('OpenSSH', async () => OpenSshServer.start());

describe('csv-sftp on OpenSSH', () => {
  let server: OpenSshServer;
  let source: RunningFetch;
  beforeAll(async () => {
    server = await OpenSshServer.start();
    source = new RunningFetch(server);
  });
  afterAll(async () => server.stop());

  it('sends no credential to a server whose host key was swapped', async () => {
    put(server, nameOf(1), report([1]));
    const trusted = { hostKeyFingerprints: [server.fingerprint] };
    expect((await source.fetch({ config: trusted })).ids).toEqual(['1']);
    expect(server.loginAttempts()).toMatch(/userauth-request for user .* method publickey/);
    await server.swapHostKey();
    const { error } = await source.fetch({ config: trusted });
    expect(error).toMatchObject({ code: 'hostKeyChanged', fields: { fingerprint: server.fingerprint } });
    expect(server.loginAttempts()).toBe('');
    expect((await source.fetch()).ids).toEqual(['1']);
  });

  it('ends as retriable when the connection is cut in the middle of a file', async () => {
    put(server, nameOf(2), report(Array.from({ length: 100_000 }, (_, index) => index)));
    const proxy = createServer((near) => {
      const far = connect(server.port, server.host);
      let passed = 0;
      far.on('data', (chunk) => {
        passed += chunk.length;
        if (passed > 1_000_000) near.destroy();
        else near.write(chunk);
      });
      near.on('data', (chunk) => far.write(chunk));
      for (const socket of [near, far]) socket.on('error', () => undefined);
      near.on('close', () => far.destroy());
      far.on('close', () => near.destroy());
    }).listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    const { error, end } = await source.fetch({ config: { port: (proxy.address() as AddressInfo).port } });
    expect(error).toMatchObject({ name: 'SourceRetriableError', code: 'unreachable' });
    expect(end).toBeUndefined();
    proxy.close();
  });

  it('reads 1 GB in flat memory', { timeout: 600_000 }, async () => {
    const path = join(server.folder, folder, nameOf(3));
    mkdirSync(join(server.folder, folder), { recursive: true });
    const file = createWriteStream(path);
    file.write(`${header}\n`);
    const filler = 'x'.repeat(60);
    let rows = 0;
    for (let bytes = 0; bytes < 1_000_000_000;) {
      let text = '';
      for (let index = 0; index < 10_000; index += 1) {
        rows += 1;
        text += `${rows},First ${filler},"Last, ${filler}",p${rows}@acme.example\n`;
      }
      bytes += text.length;
      if (!file.write(text)) await once(file, 'drain');
    }
    file.end();
    await finished(file);

    const batches = csvSftp.fetch(source.context({}));
    let read = 0;
    let start = 0;
    let highest = 0;
    for (let step = await batches.next(); ; step = await batches.next()) {
      if (step.done === true) {
        expect(step.value).toMatchObject({ extent: 'full', lastPageSeen: true });
        break;
      }
      read += step.value.records.length;
      const { rss } = process.memoryUsage();
      if (start === 0) start = rss;
      highest = Math.max(highest, rss);
    }
    expect(read).toBe(rows);
    expect((highest - start) / 1_000_000).toBeLessThan(150);
  });
});
