/**
 * Installs the Keycloak that tests start, once, below `MUSTER_SERVICES_DIR`, and prints where it is. Unlike Kafka and
 * MongoDB it does not run between tests: each starts a server of its own (`libs/testing/src/keycloak-server.ts`).
 */
import { chmod, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { installed, run } from './artifacts.mjs';
import { ServiceProblem } from './service-problem.mjs';
import { readSettings } from './settings.mjs';

const VERSION = '26.5.0';
const ZIP = `keycloak-quarkus-dist-${VERSION}.zip`;
const LEAST_JAVA = 17;
/** What a server is built with; the rest is said when it starts. */
const BUILD = ['build', '--db=dev-mem'];

async function requireJava() {
  const hint = `Keycloak needs Java ${LEAST_JAVA} or newer (\`java\` on the PATH).`;
  const text = await run('java', ['-version'], `java is missing. ${hint}`);
  const major = Number(/version "(\d+)/.exec(text)?.[1] ?? 0);
  if (major < LEAST_JAVA) throw new ServiceProblem(`java is of version ${major}. ${hint}`);
}

async function download(folder) {
  const pom = `${folder}.pom.xml`;
  await writeFile(
    pom,
    '<project><modelVersion>4.0.0</modelVersion><groupId>muster</groupId><artifactId>services</artifactId><version>1</version></project>\n',
  );
  const artifact = `-Dartifact=org.keycloak:keycloak-quarkus-dist:${VERSION}:zip`;
  try {
    await run(
      'mvn',
      ['-q', '-B', '-f', pom, 'dependency:copy', artifact, `-DoutputDirectory=${folder}`],
      'mvn is missing. Keycloak is downloaded by Maven 3 (`mvn` on the PATH).',
    );
  } finally {
    await rm(pom, { force: true });
  }
}

async function unpack(folder) {
  const missing = 'python3 is missing. Keycloak is unpacked by it.';
  await run('python3', ['-m', 'zipfile', '-e', join(folder, ZIP), folder], missing);
  await rm(join(folder, ZIP));
  const program = join(folder, `keycloak-${VERSION}`, 'bin', 'kc.sh');
  await chmod(program, 0o755);
  // Done here, or every start would do it again and take a minute more on a busy machine.
  await run(program, BUILD);
}

try {
  await requireJava();
  const { folder } = readSettings();
  const programs = await installed(
    join(folder, 'programs', `keycloak-${VERSION}`),
    `keycloak-${VERSION}`,
    download,
    unpack,
  );
  console.log(join(programs, `keycloak-${VERSION}`));
} catch (error) {
  console.error(error instanceof ServiceProblem ? error.message : error);
  process.exitCode = 1;
}
