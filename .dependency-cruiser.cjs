/** The import rules of the tree: docs/architecture.md says why. */

const PURE_LIBS = 'core|mapping|reconciliation|telemetry|config|connector-sdk';
const SPEC = '\\.spec\\.ts$';

/** `from` may import, of our own libs, only `allowed` (and itself). */
const libMayImport = (lib, allowed) => ({
  name: `${lib}-imports`,
  comment: `libs/${lib} may import only: ${['itself', ...allowed].join(', ')} (specs also libs/testing).`,
  severity: 'error',
  from: { path: `^libs/${lib}/`, pathNot: SPEC },
  to: { path: '^(libs|connectors)/', pathNot: `^libs/(${[lib, ...allowed].join('|')})/` },
});

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one file, or miss a third.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'resolvable',
      comment: 'The import leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'declared-packages',
      comment: 'A package must be in package.json itself, not come along with another.',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-dev-packages-at-run-time',
      comment: 'What runs must be a dependency, not a devDependency.',
      severity: 'error',
      from: { path: '^(apps|libs|connectors)/', pathNot: `${SPEC}|^libs/testing/|/simulator/` },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: '^node_modules/@types/' },
    },
    libMayImport('core', []),
    libMayImport('api-client', []),
    libMayImport('mapping', ['core']),
    libMayImport('reconciliation', ['core']),
    libMayImport('schedule', ['core']),
    libMayImport('user-filter', ['core']),
    libMayImport('scim', ['core', 'user-filter']),
    libMayImport('telemetry', ['core']),
    libMayImport('config', ['core']),
    libMayImport('connector-sdk', ['core']),
    {
      ...libMayImport('connector-catalog', ['core', 'connector-sdk']),
      comment: 'libs/connector-catalog lists the connectors that ship with Muster, and loads further ones.',
      to: {
        path: '^(libs|connectors)/',
        pathNot: '^libs/(connector-catalog|core|connector-sdk)/|^connectors/[^/]+/src/index\\.ts$',
      },
    },
    libMayImport('connector-runner', ['core', 'telemetry', 'connector-sdk', 'connector-catalog']),
    {
      name: 'a-connectors-process-stays-small',
      comment: 'It starts for every call of a connector, and holds nothing that the connector does not need.',
      severity: 'error',
      from: { path: '^libs/connector-runner/src/(child|protocol)/', pathNot: SPEC },
      to: {
        path: '^libs/',
        pathNot: [
          '^libs/(core|connector-sdk)/',
          '^libs/connector-catalog/src/import-connector\\.ts$',
          '^libs/connector-runner/src/(child/|protocol/|connector-runner\\.port\\.ts$)',
        ],
      },
    },
    libMayImport('sftp-inbox', ['core', 'config', 'telemetry', 'connector-sdk']),
    libMayImport('pipeline', PURE_LIBS.split('|')),
    libMayImport('adapter-[^/]+', PURE_LIBS.split('|')),
    libMayImport('platform', [...PURE_LIBS.split('|'), 'connector-catalog', 'pipeline', 'adapter-[^/]+']),
    {
      name: 'libs-never-import-apps',
      comment: 'Apps are made of libs, never the other way about.',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^(apps|test)/' },
    },
    {
      name: 'connectors-see-the-sdk-only',
      comment:
        'A connector must be writable outside this repository: of ours it imports libs/connector-sdk and itself.',
      severity: 'error',
      from: { path: '^connectors/([^/]+)/', pathNot: SPEC },
      to: { path: '^(apps|libs|connectors|test)/', pathNot: ['^libs/connector-sdk/', '^connectors/$1/'] },
    },
    {
      name: 'connectors-do-not-import-their-simulator',
      comment: 'The simulator is a process of its own, spoken to over the network.',
      severity: 'error',
      from: { path: '^connectors/[^/]+/src/', pathNot: SPEC },
      to: { path: '^connectors/[^/]+/simulator/' },
    },
    {
      name: 'connectors-connect-by-the-dialler',
      comment:
        'context.http and context.dialler are the only ways out: what they refuse must not be reachable beside them.',
      severity: 'error',
      from: { path: '^connectors/[^/]+/src/', pathNot: SPEC },
      to: {
        path: '^(node:)?(net|tls|http|https|http2|dns|dns/promises|dgram)$|node_modules/undici/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'apps-never-import-each-other',
      comment: 'Roles meet on the bus and in the stores. apps/standalone alone takes the modules of other apps.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/', pathNot: ['^apps/standalone/', SPEC] },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'core-does-no-io',
      comment: 'core is words, errors and ports: no I/O, no framework.',
      severity: 'error',
      from: { path: '^libs/core/', pathNot: SPEC },
      to: {
        path: '^(node:)?(fs|fs/promises|net|http|https|http2|dgram|dns|tls|child_process|cluster|worker_threads|sqlite)$|node_modules/(@nestjs|fastify|rxjs|undici|pino|prom-client|kafkajs|mongoose|mongodb)/',
      },
    },
    {
      name: 'pure-libs-do-no-io',
      comment: 'mapping, reconciliation, schedule, user-filter and scim are pure: same input, same output.',
      severity: 'error',
      from: { path: '^libs/(mapping|reconciliation|schedule|user-filter|scim)/', pathNot: SPEC },
      to: {
        path: '^(node:)?(fs|fs/promises|net|http|https|http2|dgram|dns|tls|child_process|cluster|sqlite)$|node_modules/(@nestjs|fastify|undici|kafkajs|mongoose|mongodb)/',
      },
    },
    {
      name: 'technology-is-chosen-in-platform',
      comment: 'Only libs/platform (and tests) may name an adapter.',
      severity: 'error',
      from: { pathNot: `^libs/(platform|adapter-[^/]+|testing)/|^test/|${SPEC}` },
      to: { path: '^libs/adapter-' },
    },
    {
      name: 'testing-is-for-tests',
      comment: 'libs/testing holds contract suites and builders.',
      severity: 'error',
      from: { pathNot: `^libs/testing/|^test/|${SPEC}` },
      to: { path: '^libs/testing/' },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules'] },
    exclude: { path: ['^dist/', '^apps/dashboard/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
    cache: { folder: 'node_modules/.cache/dependency-cruiser', strategy: 'content' },
  },
};
