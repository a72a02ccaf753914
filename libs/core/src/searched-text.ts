import { foldText } from './fold-text.js';

/** A line each for people, a tab between values, and SQLite's searches end at a NUL: none is in anything that is looked for. */
const separators = /[\n\t\0]/g;
/** Of each value: what people are found by stays small whatever they are called. */
const searchedCharacters = 500;

/** What a search looks through of one person: the beginning of all that is known, folded, a tab between. */
export function joinSearched(values: readonly (string | null)[]): string {
  const known = values.flatMap((value) => (value === null || value === '' ? [] : value.slice(0, searchedCharacters)));
  return foldText(known.map((value) => value.replace(separators, ' ')).join('\t')).toWellFormed();
}

/** What is looked for, as it stands in the texts that have it. */
export function foldNeedle(q: string): string {
  return foldText(q.replace(separators, ' ')).toWellFormed();
}
