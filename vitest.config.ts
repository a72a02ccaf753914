import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Options as SwcOptions } from '@swc/core';
import swc from 'unplugin-swc';
import { defineConfig, type TestUserConfig } from 'vitest/config';
import { embeddedOnly } from './test/scenarios/embedded-only.js';

/** Tests are compiled by the same rules as the build (decorator metadata included). */
const swcOptions = JSON.parse(readFileSync(join(import.meta.dirname, '.swcrc'), 'utf8')) as SwcOptions;

/** When set, each run also leaves its results there as JSON: `.ci/run` adds them up. */
const reportFolder = process.env['MUSTER_TEST_REPORTS'];

/** `#core` and the like lead to the TypeScript sources, in the test process and everywhere it imports from. */
const conditions = ['source', 'node', 'import', 'module', 'default'];

/** What a connector outside this folder imports; Muster's own programs resolve it by a hook. */
const alias = {
  'muster/connector-sdk/testing': join(import.meta.dirname, 'libs/connector-sdk/src/testing/index.ts'),
  'muster/connector-sdk': join(import.meta.dirname, 'libs/connector-sdk/src/index.ts'),
};

const folders = '{apps,libs,connectors,test}';

function project(name: string, test: TestUserConfig) {
  return {
    plugins: [swc.vite({ ...swcOptions, tsconfigFile: false, swcrc: false })],
    resolve: { conditions, alias },
    ssr: { resolve: { conditions } },
    test: {
      name,
      environment: 'node',
      pool: 'forks' as const,
      // Of kafkajs, which counts the time since its first request below zero; the start scripts say the same.
      execArgv: ['--disable-warning=TimeoutNegativeWarning'],
      setupFiles: ['reflect-metadata'],
      // How long `expect.poll` waits for what is sure to come: not a measure of speed.
      expect: { poll: { interval: 20, timeout: 30_000 } },
      restoreMocks: true,
      unstubEnvs: true,
      ...test,
    },
  };
}

export default defineConfig({
  test: {
    passWithNoTests: true,
    maxWorkers: Math.max(2, availableParallelism()),
    reporters: reportFolder === undefined ? ['default'] : ['default', 'json'],
    ...(reportFolder === undefined ? {} : { outputFile: { json: join(reportFolder, `vitest-${process.pid}.json`) } }),
    projects: [
      project('unit', {
        include: [`${folders}/**/*.unit.spec.ts`],
        testTimeout: 30_000,
        sequence: { groupOrder: 0 },
      }),
      project('int', {
        include: [`${folders}/**/*.int.spec.ts`],
        testTimeout: 30_000,
        hookTimeout: 30_000,
        sequence: { groupOrder: 1 },
      }),
      // Needs the servers of OpenSSH, OpenLDAP and Keycloak, which it starts itself; without one installed it fails and says how to get it.
      project('servers', {
        include: [`${folders}/**/*.server.spec.ts`],
        testTimeout: 120_000,
        hookTimeout: 60_000,
        sequence: { groupOrder: 1 },
      }),
      project('e2e', {
        include: [`${folders}/**/*.e2e.spec.ts`],
        testTimeout: 300_000,
        hookTimeout: 120_000,
        fileParallelism: false,
        sequence: { groupOrder: 2 },
      }),
      // Needs the servers that `npm run services:up` starts; what can't reach its server fails.
      project('distributed', {
        include: [`${folders}/**/*.{kafka,mongo,distributed}.spec.ts`],
        testTimeout: 60_000,
        hookTimeout: 60_000,
        fileParallelism: false,
        sequence: { groupOrder: 3 },
      }),
      // The same scenarios as `e2e`, on those servers.
      project('e2e-distributed', {
        include: ['test/scenarios/*.e2e.spec.ts'],
        exclude: Object.keys(embeddedOnly).map((file) => `test/scenarios/${file}`),
        // Fewer random companies: what is random has been tried on `e2e`, and each takes longer here.
        env: { MUSTER_TEST_ENGINE: 'distributed', MUSTER_TEST_RUNS: '3' },
        testTimeout: 300_000,
        hookTimeout: 120_000,
        sequence: { groupOrder: 4 },
      }),
      // Starts servers of its own and harms them.
      project('chaos', {
        include: ['test/chaos/*.chaos.spec.ts'],
        testTimeout: 60_000,
        hookTimeout: 60_000,
        sequence: { groupOrder: 5 },
      }),
    ],
  },
});
