import type { ConnectorEnding } from '#telemetry';
import { SourceFatalError, SourceRetriableError, type SourceError } from '#connector-sdk';
import type { ConnectorLimits } from './connector-limits.js';

const nothingApplied = 'Nothing of this fetch is applied.';
const report = "Report it to the connector's author.";

/** How a process went: its exit code, or the signal that ended it. */
export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: string | null;
  readonly ranOutOfHeap: boolean;
}

/** Why Muster has ended a connector, and under which name it is counted. */
export interface Ended {
  readonly ending: ConnectorEnding;
  readonly error: SourceError;
}

export function outOfMemory({ memoryMb }: ConnectorLimits): Ended {
  const message = `The connector used more than ${memoryMb} MiB of memory and was ended. ${nothingApplied} ${report} If its data needs as much, raise MUSTER_CONNECTOR_MEMORY_MB.`;
  const fields = { limitMb: memoryMb };
  return { ending: 'memory', error: new SourceFatalError({ code: 'connectorOutOfMemory', message, fields }) };
}

export function blocked({ blockedMs }: ConnectorLimits): Ended {
  const message = `The connector worked for ${seconds(blockedMs)} s without letting go, as an endless loop does, and was ended. ${nothingApplied} ${report}`;
  return { ending: 'blocked', error: new SourceFatalError({ code: 'connectorBlocked', message }) };
}

export function silent({ silentMs }: ConnectorLimits): Ended {
  const message = `The connector neither yielded anything nor told of progress for ${seconds(silentMs)} s and was ended. ${nothingApplied} If the source needs as long, raise MUSTER_CONNECTOR_SILENT_SECONDS; else check the source.`;
  return { ending: 'silent', error: new SourceRetriableError({ code: 'connectorSilent', message }) };
}

export function tookTooLong({ totalMs }: ConnectorLimits): Ended {
  const message = `The connector had not come to its end after ${seconds(totalMs)} s and was ended. ${nothingApplied} If there is that much to read, raise MUSTER_CONNECTOR_TOTAL_SECONDS; else report it to the connector's author.`;
  return { ending: 'total', error: new SourceFatalError({ code: 'connectorTookTooLong', message }) };
}

export function tooManyRecords({ maxRecords }: ConnectorLimits): Ended {
  const message = `The connector yielded more than ${maxRecords} records and was ended. ${nothingApplied} If there are that many, raise MUSTER_CONNECTOR_MAX_RECORDS; else report it to the connector's author.`;
  return { ending: 'records', error: new SourceFatalError({ code: 'connectorTooManyRecords', message }) };
}

/** Told to nobody but those who count: whoever called it has gone on. */
export function deaf(): Ended {
  const message = 'The connector did not end when it was told to.';
  return { ending: 'deaf', error: new SourceFatalError({ code: 'connectorDeaf', message }) };
}

/** @param what it did, after "The connector's process" */
export function brokeProtocol(what: string): Ended {
  const message = `The connector's process ${what} and was ended. ${nothingApplied} ${report}`;
  return { ending: 'protocol', error: new SourceFatalError({ code: 'connectorMisbehaved', message }) };
}

/** @param cause what was thrown where nobody waits for it, if that was it */
export function crashed({ code, signal }: Pick<ProcessEnd, 'code' | 'signal'>, cause?: Error): Ended {
  const how =
    cause !== undefined
      ? `threw where nothing waits for it (${cause.name}; the log says where)`
      : signal === 'SIGKILL'
        ? 'was killed from outside, as the system does when memory runs out'
        : signal !== null
          ? `died of ${signal}`
          : `ended its own process (exit code ${String(code)})`;
  const message = `The connector ${how}. ${nothingApplied} ${report}`;
  return { ending: 'crashed', error: new SourceFatalError({ code: 'connectorCrashed', message, cause }) };
}

/** Before the connector itself came into it. */
export function notStarted({ code, signal }: Pick<ProcessEnd, 'code' | 'signal'>): Ended {
  const message = `The process for the connector did not start (${String(signal ?? code)}). ${nothingApplied} If this stays, see whether Muster is installed whole and the machine has memory and processes left.`;
  return { ending: 'crashed', error: new SourceRetriableError({ code: 'connectorNotStarted', message }) };
}

function seconds(ms: number): number {
  return Math.ceil(ms / 1000);
}
