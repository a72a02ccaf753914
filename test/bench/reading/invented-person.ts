import type { Attributes } from '#core';

const onsets = 'b br c ch d dr f fl g gr h j k kl l m n p pr r s sch st t tr v w z'.split(' ');
const nuclei = 'a e i o u ai ei ou'.split(' ');
const codas = ['', 'l', 'm', 'n', 'r', 's', 't', 'ck', 'ng', 'rd', 'nt', 'ss'];
const endings = ['', '', '', 'berg', 'dahl', 'er', 'ez', 'feld', 'ini', 'man', 'ova', 'sen', 'ski', 'son'];
const departments = ['Sales', 'Finance', 'Legal', 'Engineering', 'Support', 'People', 'Facilities', 'Marketing'];
/** Three people in ten have one of so many surnames. */
const commonSurnames = 200;
const firstNames = 600;

/** Spreads numbers that follow one another. */
export function scatter(number: number): number {
  let hash = Math.imul(number ^ 0x5bd1e995, 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}

/** A common surname: of some 1,500 people among a million. */
export function commonSurname(nth: number): string {
  return capital(word(scatter(nth % commonSurnames)));
}

/** The values of one of many people: common surnames and rare ones, as names go. */
export function inventedPerson(seq: number): Attributes {
  const hash = scatter(seq);
  const first = capital(word(scatter(1_000_000 + (hash % firstNames)), ''));
  const isCommon = scatter(seq + 7) % 10 < 3;
  const last = isCommon ? commonSurname(hash >>> 9) : capital(word(scatter(hash)));
  const number = String(seq).padStart(7, '0');
  return {
    fullName: `${first} ${last}`,
    email: `${first}.${last}.${number}@example.com`.toLowerCase(),
    employeeId: `E${number}`,
    title: `Specialist ${String(hash % 40)}`,
    department: pick(departments, hash >>> 5),
    hireDate: `20${String(10 + (hash % 15))}-0${String(1 + (hash % 9))}-1${String(hash % 10)}`,
  };
}

/** Two syllables and an ending. */
function word(seed: number, ending = pick(endings, scatter(seed + 2))): string {
  return `${syllable(seed)}${syllable(scatter(seed + 1))}${ending}`;
}

function syllable(seed: number): string {
  return pick(onsets, seed) + pick(nuclei, seed >>> 8) + pick(codas, seed >>> 16);
}

function pick(parts: readonly string[], number: number): string {
  return parts[number % parts.length] ?? '';
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
