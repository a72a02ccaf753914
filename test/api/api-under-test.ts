import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import type { MusterConfig } from '#config';
import { defaultConnectorLimits } from '#connector-runner';
import type { Clock } from '#core';
import { PlatformModule } from '#platform';
import { SilentLogger } from '#telemetry';
import { temporaryDirectory } from '#testing';
import { EndpointRegistry } from '../../apps/reporter/src/rest/http/endpoint-registry.js';
import type { EndpointSpec } from '../../apps/reporter/src/rest/http/endpoint.js';
import { RestAdapter } from '../../apps/reporter/src/rest/http/rest-adapter.js';
import { RestModule } from '../../apps/reporter/src/rest/rest.module.js';

export const operatorKey = 'mus_operator-key-of-the-tests';

const config: Omit<MusterConfig, 'dataDir'> = {
  program: 'standalone',
  engine: 'embedded',
  port: 0,
  host: '127.0.0.1',
  adminKey: operatorKey,
  masterKey: null,
  logLevel: 'silent',
  publicUrl: null,
  outboundAddresses: ['203.0.113.7', '2001:db8:1::/64'],
  corsOrigins: [],
  rateLimitPerMinute: 0,
  mapperThreads: 0,
  retention: { snapshots: 14, packed: 30, outcomes: 400 },
  planningStallSeconds: 120,
  leaseSeconds: 15,
  egress: { allow: [], hosts: [], proxy: null, ca: null },
  sftp: null,
  connectors: { named: [], directory: process.cwd(), limits: defaultConnectorLimits },
  mail: null,
  servers: null,
};

/** What a test wants otherwise: by default the machine's clock, and no bound on requests. */
export interface ApiOverrides {
  clock?: Clock;
  config?: Partial<MusterConfig>;
}

/** The API over a real Fastify application and a database of its own; no other role runs. */
export class ApiUnderTest {
  private constructor(
    readonly app: NestFastifyApplication,
    private readonly dataDir: string,
  ) {}

  static async start(overrides: ApiOverrides = {}): Promise<ApiUnderTest> {
    return this.startIn(temporaryDirectory(), overrides);
  }

  private static async startIn(
    dataDir: string,
    { config: changes, ...overrides }: ApiOverrides,
  ): Promise<ApiUnderTest> {
    const own = { ...config, ...changes, dataDir };
    const platform = PlatformModule.forRoot(own, { logger: new SilentLogger(), ...overrides });
    const imports = [platform, RestModule];
    @Module({ imports })
    class ApiModule {}
    const app = await NestFactory.create<NestFastifyApplication>(ApiModule, new RestAdapter(own), { logger: false });
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
    return new ApiUnderTest(app, dataDir);
  }

  /** Takes connections at a port of the system's choice; gives its address. */
  async listen(): Promise<string> {
    await this.app.listen(0, '127.0.0.1');
    return this.app.getUrl();
  }

  get endpoints(): EndpointSpec[] {
    return this.app.get(EndpointRegistry).list();
  }

  port<Port>(token: abstract new (...args: never[]) => Port): Port {
    return this.app.get(token);
  }

  async send(options: InjectOptions & { key?: string | null }): Promise<LightMyRequestResponse> {
    const { key = operatorKey, headers = {}, ...rest } = options;
    const authorization = key === null ? {} : { authorization: `Bearer ${key}` };
    return this.app.inject({ ...rest, headers: { ...authorization, ...headers } });
  }

  /** Sends JSON and gives the parsed body of an answer that must have the status. */
  async json<Body = Record<string, unknown>>(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    {
      body,
      key = operatorKey,
      status,
      headers = {},
    }: { body?: object; key?: string; status?: number; headers?: Record<string, string> } = {},
  ): Promise<Body> {
    const response = await this.send({ method, url, key, headers, ...(body === undefined ? {} : { payload: body }) });
    const expected = status ?? (response.statusCode < 300 ? response.statusCode : 200);
    if (response.statusCode !== expected) {
      throw new Error(`${method} ${url} answered ${String(response.statusCode)}: ${response.body}`);
    }
    return (response.body === '' ? {} : response.json()) as Body;
  }

  /** Stops the server and, after a while, starts it anew over the same data; it listens at the port. */
  async restart(port: number, meanwhile: () => Promise<void>): Promise<ApiUnderTest> {
    await this.app.close();
    await meanwhile();
    const again = await ApiUnderTest.startIn(this.dataDir, {});
    await again.app.listen(port, '127.0.0.1');
    return again;
  }

  async stop(): Promise<void> {
    await this.app.close();
    rmSync(this.dataDir, { recursive: true });
  }
}

/** Replaces what differs between two answers that are otherwise the same. */
export function withoutRequestId(response: LightMyRequestResponse): { status: number; body: string; headers: object } {
  const id = String(response.headers['x-request-id']);
  const { date: _date, 'x-request-id': _id, ...headers } = response.headers;
  return { status: response.statusCode, body: response.body.replaceAll(id, 'ID'), headers };
}

export function unknownId(prefix: string): string {
  return `${prefix}_${randomUUID().replaceAll('-', '').slice(0, 16)}`;
}
