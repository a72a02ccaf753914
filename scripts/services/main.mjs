/**
 * Real Kafka and MongoDB for development and tests, without Docker.
 *
 * Usage: node scripts/services/main.mjs up [--fresh] | down | kill | status, and then [kafka] [mongodb]
 *
 * `up` starts what does not run yet and ends when it answers; `--fresh` starts with no data. `kill` ends it as a crash
 * would: tests use it. `settings.mjs` says which environment variables are read.
 */
import { parseArgs } from 'node:util';
import { KafkaService } from './kafka.mjs';
import { MongodbService } from './mongodb.mjs';
import { ServiceProblem } from './service-problem.mjs';
import { readSettings } from './settings.mjs';

const USAGE = 'Usage: npm run services:up [-- --fresh] [kafka] [mongodb] | services:down | services:status';

const show = (service, state) =>
  console.log(
    `${service.name.padEnd(8)}${state.padEnd(14)}${Object.entries(service.addresses)
      .map(([name, value]) => `${name}=${value}`)
      .join(' ')}`,
  );

async function up(service, fresh) {
  if (service.isOwn) return show(service, await service.start({ fresh }));
  const [setting, address] = Object.entries(service.addresses)[0];
  try {
    show(service, await service.answers());
  } catch (error) {
    throw new ServiceProblem(`${service.name} does not answer at ${address}, which ${setting} names: ${error.message}`);
  }
}

async function end(service, how) {
  if (!service.isOwn) return show(service, 'yours: left');
  show(service, (await service[how]()) ? 'stopped' : 'did not run');
}

async function status(service) {
  const version = await service.answers().catch(() => null);
  show(service, version ?? 'no answer');
  if (version === null) process.exitCode = 1;
}

async function main() {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { fresh: { type: 'boolean' } } });
  const [command, ...names] = positionals;
  const settings = readSettings();
  const byName = { kafka: new KafkaService(settings), mongodb: new MongodbService(settings) };
  const unknown = names.filter((name) => !Object.hasOwn(byName, name));
  if (unknown.length > 0) throw new ServiceProblem(`There is no service ${unknown.join(', ')}.\n${USAGE}`);
  const services = (names.length > 0 ? names : Object.keys(byName)).map((name) => byName[name]);
  const commands = {
    up: (service) => up(service, values.fresh === true),
    down: (service) => end(service, 'stop'),
    kill: (service) => end(service, 'kill'),
    status,
  };
  if (!Object.hasOwn(commands, command ?? '')) throw new ServiceProblem(USAGE);
  const ends = await Promise.allSettled(services.map((service) => commands[command](service)));
  const failures = ends.filter(({ status: end }) => end === 'rejected').map(({ reason }) => reason);
  for (const failure of failures) console.error(failure instanceof ServiceProblem ? failure.message : failure);
  if (failures.length > 0) process.exitCode = 1;
}

try {
  await main();
} catch (error) {
  console.error(error instanceof ServiceProblem ? error.message : error);
  process.exitCode = 1;
}
