/** `failure` is for what is not forbidden and cannot be done: no room, too much at once, something there already. */
export type Refusal = 'permissionDenied' | 'noSuchFile' | 'failure';

/** What a client of SFTP asked for is not done; it is told no more than which of these it was. */
export class RefusedError extends Error {
  constructor(readonly refusal: Refusal) {
    super(`Refused: ${refusal}.`);
    this.name = 'RefusedError';
  }
}
