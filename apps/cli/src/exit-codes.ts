/** What the shell is told. Documented by `muster help exit-codes`. */
export const exitCodes = {
  ok: 0,
  /** A fault: of Muster, or of this program. */
  fault: 1,
  /** The command line, or a value in it, cannot be accepted. */
  usage: 2,
  /** Muster does not answer, or tells that it cannot at the moment. */
  unreachable: 3,
  /** The key is missing, unknown, or its role is not enough. */
  access: 4,
  notFound: 5,
  /** Understood, but not possible as things are. */
  conflict: 6,
  /** A sync failed or was cancelled; a check found something wrong. */
  ended: 7,
  /** A sync, or a change of settings, waits for a person; or the source was not read completely. */
  attention: 8,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export const exitCodesHelp = `Exit codes:
  0  done
  1  a fault of Muster or of this program
  2  the command or one of its values cannot be accepted
  3  Muster does not answer, or cannot at the moment: try again later
  4  the API key is missing, unknown, or its role is not enough
  5  not found
  6  not possible as things are (the message says what to do first)
  7  a followed sync failed or was cancelled; a check found something wrong
  8  a followed sync waits for approval, or its source was not read completely; changes of settings wait for a yes`;
