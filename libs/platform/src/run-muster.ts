import { setTimeout as sleep } from 'node:timers/promises';
import { loadConfig, type MusterConfig, type Program } from '#config';
import { ConfigurationError, RetriableError } from '#core';
import { errorFields, type Logger, PinoLogger } from '#telemetry';
import { createMuster, type Muster, type MusterParts } from './create-muster.js';
import { tuneHeap } from './tune-heap.js';
import { WaitingRoom } from './waiting-room.js';

const firstPauseMs = 500;
const longestPauseMs = 10_000;
/** How long a process that was asked to stop may finish what is in hand; orchestrators kill it after ten seconds or more. */
const stopWithinMs = 9_000;

/**
 * The `main` of every program: reads the settings, starts (waiting for servers that are away, with back-off, while
 * `/readyz` tells which), and stops on SIGINT and SIGTERM. Prints what is wrong with the settings and ends with exit code
 * 1 when it cannot start.
 *
 * @param parts makes what the process consists of; asked again for each try
 * @param announce what to print when it is up
 */
export async function runMuster(
  program: Program,
  parts: (config: MusterConfig) => MusterParts,
  announce: (config: MusterConfig, url: string) => string,
): Promise<void> {
  tuneHeap();
  try {
    const config = loadConfig({ program });
    const logger = new PinoLogger({ level: config.logLevel });
    let muster: Muster | null = null;
    stopOnSignal(() => muster, logger);
    endOnFault(logger);
    muster = await start(config, parts, logger);
    process.stdout.write(`${announce(config, muster.url)}\n`);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    const further = error.problems.filter((problem) => !error.message.includes(problem));
    process.stderr.write([error.message, ...further.map((problem) => `  - ${problem}`), ''].join('\n'));
    process.exitCode = 1;
  }
}

async function start(
  config: MusterConfig,
  parts: (config: MusterConfig) => MusterParts,
  logger: Logger,
): Promise<Muster> {
  if (config.servers === null) return createMuster(config, parts(config), { logger });
  let room: WaitingRoom | null = await WaitingRoom.open(config);
  const leaveRoom = async (): Promise<void> => {
    await room?.close();
    room = null;
  };
  try {
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(longestPauseMs, pauseMs * 2)) {
      try {
        return await createMuster(config, parts(config), { logger }, leaveRoom);
      } catch (error) {
        if (!(error instanceof RetriableError)) throw error;
        logger.error('Muster cannot start yet and tries again.', { pauseMs, ...errorFields(error) });
        room ??= await WaitingRoom.open(config);
        room.tell(error.code, error.message);
        await sleep(pauseMs);
      }
    }
  } finally {
    await leaveRoom();
  }
}

/** Left to itself, Node prints the message of what nobody caught, which may quote whatever was being read. */
function endOnFault(logger: Logger): void {
  process.on('uncaughtException', (error) => {
    logger.error('Something failed that nobody was prepared for; the process ends.', errorFields(error));
    process.exit(1);
  });
}

/** From the first moment on: the first process of a container ignores signals that it does not listen to. */
function stopOnSignal(running: () => Muster | null, logger: Logger): void {
  let isStopping = false;
  const stop = (): void => {
    const muster = running();
    // Whatever still starts, or waits for its servers, has nothing in hand.
    if (muster === null) process.exit(0);
    // A second Ctrl+C is for whoever can't wait.
    if (isStopping) process.exit(1);
    isStopping = true;
    setTimeout(() => {
      logger.warn('What was in hand took too long to finish; it is taken up again after the next start.');
      process.exit(1);
    }, stopWithinMs).unref();
    muster.close().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error('Muster did not stop in order; nothing is lost.', errorFields(error));
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}
