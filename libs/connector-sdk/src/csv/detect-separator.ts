import { CSV_SEPARATORS, type CsvSeparator } from './csv-format.js';
import { CsvError } from './csv.errors.js';

/**
 * Where the first line that is not blank ends; -1 when it does not end within the text. A line break between quotes ends no
 * line.
 */
export function endOfHeaderLine(text: string): number {
  let isQuoted = false;
  let isBlank = true;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === '"') isQuoted = !isQuoted;
    if ((char === '\n' || char === '\r') && !isQuoted && !isBlank) return at;
    if (char !== '\n' && char !== '\r') isBlank = false;
  }
  return -1;
}

/**
 * The separator of a header line: the only one of the four that stands outside its quotes. Nothing is weighed up: where two
 * are there, a person has to say.
 *
 * @throws CsvError `separatorUnclear`
 */
export function detectSeparator(headerLine: string): CsvSeparator {
  const outsideQuotes = headerLine.replaceAll(/"[^"]*"/g, '');
  const found = (Object.keys(CSV_SEPARATORS) as CsvSeparator[]).filter((name) =>
    outsideQuotes.includes(CSV_SEPARATORS[name]),
  );
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  throw new CsvError(
    'separatorUnclear',
    only === undefined
      ? 'The header line holds no comma, semicolon, tab or pipe. Does the file begin with a line of headers?'
      : `The header line holds more than one possible separator (${found.join(', ')}). Set the one that is meant.`,
    1,
  );
}
