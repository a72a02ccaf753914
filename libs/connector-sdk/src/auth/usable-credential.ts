import { SourceConfigurationError } from '../source.errors.js';

/** Visible ASCII and, within, spaces: what a header carries unharmed everywhere (RFC 9110 §5.5). */
const FIELD_VALUE = /^[!-~](?:[ -~]*[!-~])?$/;

/**
 * A credential that goes into a header, as it is.
 *
 * @param setting that holds it, for the message
 * @throws SourceConfigurationError `unusableCredential`, without the value: a line break or a space that was pasted along, say
 */
export function usableCredential(value: string, setting: string): string {
  if (FIELD_VALUE.test(value)) return value;
  throw new SourceConfigurationError({
    code: 'unusableCredential',
    message: `${setting} is empty, begins or ends with a space, or holds a line break or a character outside ASCII: that cannot be sent. Enter it anew in the integration's settings.`,
    fields: { setting },
  });
}
