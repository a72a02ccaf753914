/** Plain facts about an error: counts, statuses, offsets. Never a personal value, never a secret. */
export type SourceErrorFields = Readonly<Record<string, string | number | boolean>>;

export interface SourceErrorInput {
  /** Stable, camelCase; shown to operators and matched by tests, e.g. `cursorLoop`. */
  code: string;
  /** What happened, why, what to do next. Safe to show and to log. */
  message: string;
  fields?: SourceErrorFields;
  cause?: unknown;
}

/** What went wrong at a source. The subclass says what happens next; the code says what it was. */
export abstract class SourceError extends Error {
  /** `retriable`: the same fetch may succeed later. The others need a person, or a change at the source. */
  abstract readonly recovery: 'retriable' | 'credentials' | 'configuration' | 'fatal';
  readonly code: string;
  readonly fields: SourceErrorFields;

  constructor({ code, message, fields = {}, cause }: SourceErrorInput) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.fields = fields;
    this.name = new.target.name;
  }
}

/** The source is out of reach or overloaded, and the client's own attempts are used up: try the fetch again later. */
export class SourceRetriableError extends SourceError {
  readonly recovery = 'retriable';
}

/** The source refuses these credentials: nothing is tried again until somebody has changed or renewed them. */
export class SourceCredentialsError extends SourceError {
  readonly recovery = 'credentials';
}

/** The integration's settings cannot work (wrong address, unknown host, redirect): nothing is tried again until they change. */
export class SourceConfigurationError extends SourceError {
  readonly recovery = 'configuration';
}

/** The source answers, but not with what can be trusted: this fetch ends here and nothing of it is applied. */
export class SourceFatalError extends SourceError {
  readonly recovery = 'fatal';
}
