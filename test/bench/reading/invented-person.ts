import type { Attributes } from '#core';

const firstParts = ['an', 'bel', 'ca', 'do', 'el', 'fri', 'ga', 'ha', 'is', 'jo', 'ka', 'li', 'ma', 'no', 'ol', 'pe'];
const lastParts = [
  'berg',
  'dahl',
  'eck',
  'feld',
  'gren',
  'holm',
  'ing',
  'land',
  'mann',
  'ner',
  'ova',
  'sen',
  'ski',
  'ton',
];
const departments = ['Sales', 'Finance', 'Legal', 'Engineering', 'Support', 'People', 'Facilities', 'Marketing'];

/** Spreads numbers that follow one another. */
export function scatter(number: number): number {
  return Math.imul(number ^ 0x5bd1e995, 0x9e3779b1) >>> 0;
}

function pick(parts: readonly string[], number: number): string {
  return parts[number % parts.length] ?? '';
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The values of one of a million people: some 200,000 names, each of a handful of people. */
export function inventedPerson(seq: number): Attributes {
  const hash = scatter(seq);
  const first = capital(
    pick(firstParts, hash) + pick(firstParts, hash >>> 4) + pick(['a', 'o', 'us', 'in'], hash >>> 8),
  );
  const last = capital(pick(firstParts, hash >>> 10) + pick(lastParts, hash >>> 14) + pick(lastParts, hash >>> 20));
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
