/** What is asked for is forbidden, is not there, or cannot be done: for the last, why, where that helps who sends. */
export type Refusal = 'permissionDenied' | 'noSuchFile' | 'failure' | 'fileTooLarge' | 'accountFull' | 'diskFull';

/** What a client of SFTP asked for is not done; it is told no more than which of these it was. */
export class RefusedError extends Error {
  constructor(readonly refusal: Refusal) {
    super(`Refused: ${refusal}.`);
    this.name = 'RefusedError';
  }
}
