import { fraction, permute, pick } from './deterministic-random.js';
import { NATIONALITIES } from './names.js';
import type { Nationality } from './names.js';

export interface CompanyShape {
  readonly seed: number;
  readonly terminatedShare: number;
  readonly contingentShare: number;
  readonly oddShare: number;
  readonly restrictedShare: number;
  /** `YYYY-MM-DD`: the company's today; everything in the generated past lies before it. */
  readonly asOf: string;
  /** Ends whatever is said of a person, as far as its form allows; ids, dates and words from closed lists are as ever. */
  readonly mark: string;
}

export const ODDITIES = [
  'emailMissing',
  'emailMalformed',
  'hireDateImpossible',
  'titleIsNumber',
  'displayNameMissing',
  'nameMissing',
  'statusUnknown',
  'employmentIsList',
  'employeeNumberMissing',
  'emailShouted',
] as const;
/** What is wrong with a person's record from the start. */
export type Oddity = (typeof ODDITIES)[number];

export interface BaseIdentity {
  readonly given: string;
  readonly family: string;
  readonly display: string;
  readonly email: string;
  readonly nationality: Nationality;
}

/** For each of 100 places: whose nationality it is, and the how-manieth of that nationality. */
const PLACES = NATIONALITIES.flatMap((nationality, index) =>
  Array.from({ length: nationality.share }, (_, rank) => ({ nationality, index, rank })),
);

/** The first names and families of a table are the common ones: a fifth of all people share them and need a number. */
const COMMON = 6;

/** Cheap: called for a person and for each of their superiors. Two people never get the same address. */
export function baseIdentity(shape: CompanyShape, index: number): BaseIdentity {
  const block = Math.floor(index / PLACES.length);
  const place = PLACES[permute(index % PLACES.length, PLACES.length, shape.seed + (block % 64))];
  if (!place) {
    throw new RangeError(`There is no person ${index}.`);
  }
  const { nationality, rank } = place;
  const ordinal = block * nationality.share + rank;
  const common = ordinal % 5 === 0;
  const turn = common ? Math.floor(ordinal / 5) : ordinal - Math.floor(ordinal / 5) - 1;
  const givenCount = common ? COMMON : nationality.given.length;
  const familyFrom = common ? 0 : COMMON;
  const combinations = givenCount * (common ? COMMON : nationality.family.length - COMMON);
  const combination = permute(turn % combinations, combinations, shape.seed + place.index);
  const given = nationality.given[combination % givenCount] ?? { written: '', latin: '' };
  const family = nationality.family[familyFrom + Math.floor(combination / givenCount)] ?? { written: '', latin: '' };
  const namesakes = Math.floor(turn / combinations);
  const number = namesakes === 0 ? '' : String(namesakes + 1);
  const [first, last] = nationality.order === 'familyFirst' ? [family, given] : [given, family];
  return {
    given: given.written,
    family: family.written + shape.mark,
    display: first.written + nationality.separator + last.written + shape.mark,
    email: `${given.latin}.${family.latin}${number}${shape.mark}@acme.example`,
    nationality,
  };
}

export function isTerminatedFromStart(shape: CompanyShape, index: number): boolean {
  return index > 0 && fraction(shape.seed, index, 1) < shape.terminatedShare;
}

export function oddityOf(shape: CompanyShape, index: number): Oddity | null {
  return index > 0 && fraction(shape.seed, index, 2) < shape.oddShare
    ? (ODDITIES[pick(shape.seed, index, 3, ODDITIES.length)] ?? null)
    : null;
}

/** Eight people to a superior; those whose superior has left report to the next one up. `null` at the top. */
export function managerIndex(shape: CompanyShape, index: number): number | null {
  let at = index;
  while (at > 0) {
    at = Math.floor((at - 1) / 8);
    if (!isTerminatedFromStart(shape, at)) {
      return at;
    }
  }
  return null;
}

export function workerId(index: number): string {
  return `W${String(index + 1).padStart(7, '0')}`;
}
