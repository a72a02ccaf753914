import 'reflect-metadata';
import { loadConfig } from '#config';
import { ConfigurationError } from '#core';
import { Metrics } from '#telemetry';
import { createStandalone } from './create-standalone.js';
import { tuneHeap } from './tune-heap.js';

tuneHeap();
try {
  const config = loadConfig();
  const { app, url } = await createStandalone(config);
  app.get(Metrics).observeProcess();
  app.enableShutdownHooks(['SIGINT', 'SIGTERM'], { useProcessExit: true });
  const address = config.publicUrl ?? url;
  console.log(`
Muster is ready.

  API           ${address}/v1
  API explorer  ${address}/docs
  Data          ${config.dataDir}

Stop it with Ctrl+C.
`);
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  console.error(
    [
      error.message,
      ...error.problems.filter((problem) => problem !== error.message).map((problem) => `  - ${problem}`),
    ].join('\n'),
  );
  process.exitCode = 1;
}
