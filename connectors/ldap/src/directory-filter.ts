import { AndFilter, EqualityFilter, Filter, FilterParser } from 'ldapts';

/**
 * A filter as RFC 4515 writes it.
 *
 * Escaped bytes beyond ASCII are put back into text first, because the library takes each for a character of its own.
 *
 * @throws Error saying what is wrong with it
 */
export function parseFilter(text: string): Filter {
  const readable = text.replace(/(?:\\[0-9a-f]{2})+/gi, (run) => {
    const bytes = Buffer.from(run.replaceAll('\\', ''), 'hex');
    try {
      return Filter.escape(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
    } catch {
      throw new Error('has escaped bytes that are no text');
    }
  });
  try {
    return FilterParser.parseString(readable);
  } catch (error) {
    throw new Error('is no LDAP filter, such as (&(objectClass=person)(mail=*))', { cause: error });
  }
}

/** Those of `filter` whose attribute has this value: it is sent as it is, so that nothing in it is taken for a filter. */
export function withValue(filter: Filter, attribute: string, value: string | Buffer): Filter {
  return new AndFilter({ filters: [filter, new EqualityFilter({ attribute, value })] });
}
