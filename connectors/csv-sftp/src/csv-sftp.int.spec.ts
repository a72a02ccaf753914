import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { SftpServer, type SftpServerOptions } from '#testing';
import { csvSftp } from './csv-sftp.connector.js';
import { describeCsvSftp } from './csv-sftp-cases.spec.js';
import { folder, nameOf, put, report, RunningFetch } from './running-fetch.spec.js';

describeCsvSftp('a server in this process', async () => SftpServer.start());

describe('csv-sftp', () => {
  const servers: SftpServer[] = [];
  async function start(options: SftpServerOptions = {}): Promise<{ server: SftpServer; source: RunningFetch }> {
    const server = await SftpServer.start(options);
    servers.push(server);
    return { server, source: new RunningFetch(server) };
  }
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.stop();
  });

  const people = Array.from({ length: 50_000 }, (_, index) => index + 1);

  it.each(['password', 'keyboard-interactive'] as const)('logs in by %s', async (method) => {
    const { server, source } = await start({ methods: [method] });
    put(server, nameOf(1), report([1]));
    expect((await source.fetch({ secrets: { password: server.password } })).ids).toEqual(['1']);
    const { error } = await source.fetch({ secrets: { password: 'wrong horse' } });
    expect(error).toMatchObject({ name: 'SourceCredentialsError', code: 'loginRefused' });
    expect(JSON.stringify(error) + String(error)).not.toContain('wrong horse');
  });

  it('tries the key first, then the password', async () => {
    const { server, source } = await start({ methods: ['password'] });
    put(server, nameOf(1), report([1]));
    const { privateKey, password } = server;
    expect((await source.fetch({ secrets: { privateKey, password } })).ids).toEqual(['1']);
  });

  it('ends as retriable when the connection is cut in the middle of a file', async () => {
    const { server, source } = await start({
      beforeRead: ({ position, connection }) => {
        if (position > 500_000) connection.end();
      },
    });
    put(server, nameOf(1), report(people));
    const { error, ids, end } = await source.fetch();
    expect(error).toMatchObject({ name: 'SourceRetriableError', code: 'unreachable' });
    expect(ids.length).toBeLessThan(people.length);
    expect(end).toBeUndefined();
  });

  it('ends as retriable when the server stops answering', async () => {
    const { server, source } = await start({
      beforeRead: async ({ position }) => {
        if (position > 500_000) await new Promise(() => undefined);
      },
    });
    put(server, nameOf(1), report(people));
    const { error } = await source.fetch({ config: { requestTimeoutSeconds: 1 } });
    expect(error).toMatchObject({ name: 'SourceRetriableError', code: 'timeout' });
  });

  it('ends as retriable when the server takes the login and nothing comes after it', async () => {
    const { source } = await start({ isSilentAfterLogin: true });
    const { error } = await source.fetch({ config: { requestTimeoutSeconds: 1 } });
    expect(error).toMatchObject({ name: 'SourceRetriableError', code: 'timeout' });
  });

  it('ends with the reason when the sync is cancelled before the server has opened a channel', async () => {
    const cancel = new AbortController();
    const reason = new Error('cancelled');
    const { server, source } = await start({ isSilentAfterLogin: true });
    const fetched = source.fetch({ signal: cancel.signal });
    await vi.waitFor(() => expect(server.loginAttempts()).toContain('publickey'));
    cancel.abort(reason);
    expect((await fetched).error).toBe(reason);
  });

  it.each(['sftp.acme.example:2222', ':', '1:2'])('takes no host that is %s', (host) => {
    expect(csvSftp.config.safeParse({ host, user: 'muster', content: 'full' }).success).toBe(false);
  });

  it.each(['sftp.acme.example', '192.0.2.1', '2001:db8::7'])('takes a host that is %s', (host) => {
    expect(csvSftp.config.safeParse({ host, user: 'muster', content: 'full' }).success).toBe(true);
  });

  it('ends with the reason when the sync is cancelled in the middle of a file', async () => {
    const cancel = new AbortController();
    const reason = new Error('cancelled');
    const { server, source } = await start({
      beforeRead: ({ position }) => {
        if (position > 500_000) cancel.abort(reason);
      },
    });
    put(server, nameOf(1), report(people));
    expect((await source.fetch({ signal: cancel.signal })).error).toBe(reason);
  });

  it('does not trust a file that grows while it is read', async () => {
    const { server, source } = await start({
      beforeRead: ({ path, position }) => {
        if (position === 0) appendFileSync(join(server.folder, path), '99,a,b,c\n');
      },
    });
    put(server, nameOf(1), report(people));
    const { error, end } = await source.fetch();
    expect(error).toMatchObject({ name: 'SourceRetriableError', code: 'fileChanged' });
    expect(end).toBeUndefined();
  });

  it('lets a file that is still growing wait, and reads the one before', async () => {
    let looks = 0;
    const { server, source } = await start({
      beforeList: () => {
        looks += 1;
        if (looks === 2) appendFileSync(join(server.folder, folder, nameOf(2)), '3,a,b,c\n');
      },
    });
    put(server, nameOf(1), report([1]));
    put(server, nameOf(2), report([2]));
    const { ids, events, end } = await source.fetch({ config: { settleSeconds: 1 } });
    expect(looks).toBe(2);
    expect(ids).toEqual(['1']);
    expect(events).toContainEqual(expect.objectContaining({ code: 'stillGrowing', fields: { file: nameOf(2) } }));
    expect(end?.note).toContain(`${nameOf(2)} is still being written: it waits.`);
  });
});
