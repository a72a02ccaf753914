import { SourceFatalError } from '#connector-sdk';

/** @param what what the connector did, after "The connector" */
export function misbehaved(what: string): SourceFatalError {
  return new SourceFatalError({
    code: 'connectorMisbehaved',
    message: `The connector ${what}. Nothing of this is applied; report it to the connector's author.`,
  });
}
