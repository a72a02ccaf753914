import { tmpdir } from 'node:os';
import { expect, it } from 'vitest';
import { loadConfig } from '#config';
import { createMuster } from '#platform';
import { standaloneParts } from '#standalone';
import { SilentLogger } from '#telemetry';
import { newEmbeddedEngine } from '../support/test-engine.js';

/** What is served and is no part of the REST API’s document, and why. Each must be there. */
const exceptions: { what: RegExp; why: string }[] = [
  { what: /^[A-Z]+ \/scim\/v2\/\{integration\}(\/|$)/, why: 'SCIM says what it serves by itself: RFC 7644' },
];

/** Answers of the framework about addresses that have none, or about those that have. */
const ofTheFramework = [/^OPTIONS /, /^HEAD /, /^[A-Z]+ \*$/];

it('serves what its contract says, and nothing else', async () => {
  const engine = newEmbeddedEngine();
  const env = { ...engine.env, MUSTER_PORT: '0', MUSTER_ADMIN_KEY: 'mus_served-routes-operator-key-01' };
  const config = loadConfig({ env, directory: tmpdir() });
  const { modules, http } = standaloneParts(config);
  const served = new Set<string>();
  http.getInstance().addHook('onRoute', ({ method, url }: { method: string | string[]; url: string }) => {
    for (const one of [method].flat()) served.add(`${one} ${url.replaceAll(/:(\w+)/g, '{$1}')}`);
  });
  const muster = await createMuster(config, { modules, http }, { logger: new SilentLogger() });
  try {
    const { paths } = (await (await fetch(`${muster.url}/openapi.json`)).json()) as { paths: Record<string, object> };
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(described.length).toBeGreaterThan(60);
    expect(described.filter((one) => !served.has(one))).toEqual([]);
    const others = [...served].filter(
      (one) => !described.includes(one) && !ofTheFramework.some((what) => what.test(one)),
    );
    expect(others.filter((one) => !exceptions.some(({ what }) => what.test(one)))).toEqual([]);
    for (const { what, why } of exceptions)
      expect(
        others.some((one) => what.test(one)),
        why,
      ).toBe(true);
    // Described ones are reached: none is hidden behind another.
    for (const [path, methods] of Object.entries(paths)) {
      for (const method of Object.keys(methods)) {
        const url = `${muster.url}${path.replaceAll(/\{[^}]*\}/g, 'x')}`;
        const response = await fetch(url, { method: method.toUpperCase() });
        await response.body?.cancel();
        expect(response.status, `${method} ${path}`).not.toBe(405);
      }
    }
  } finally {
    await muster.close();
    await engine.remove();
  }
});
