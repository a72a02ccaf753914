import type { JsonObject } from '#core';

/** The details of a refusal that a client can act on (RFC 7644 §3.12, table 9). */
export type ScimErrorType =
  'invalidFilter' | 'tooMany' | 'uniqueness' | 'invalidSyntax' | 'invalidPath' | 'noTarget' | 'invalidValue';

/** A request that is refused, with the headers that its answer has beside the usual ones. Its text names attributes and positions, never a value: it is shown at the other side. */
export class ScimError extends Error {
  constructor(
    readonly status: number,
    readonly scimType: ScimErrorType | null,
    detail: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(detail);
    this.name = 'ScimError';
  }

  /** A request that is wrong in itself: 400. */
  static bad(scimType: ScimErrorType, detail: string): ScimError {
    return new ScimError(400, scimType, detail);
  }
}

/** An attribute stands twice in what a client wrote. */
export function givenTwice(name: string): ScimError {
  // A key that no schema knows may be anything, and anything is kept out of what is answered and logged.
  const shown = /^[\w.:$-]{1,100}$/.test(name) ? name : 'An attribute';
  return ScimError.bad('invalidSyntax', `${shown} is given twice.`);
}

/** The answer's body: the status is a string there (RFC 7644 §3.12). */
export function errorDocument({ status, scimType, message }: ScimError): JsonObject {
  return {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
    status: String(status),
    ...(scimType === null ? {} : { scimType }),
    detail: message,
  };
}
