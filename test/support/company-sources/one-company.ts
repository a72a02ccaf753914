import { marked } from '../canary.js';

/** Somebody of the company, whatever system they are in. */
export interface CompanyPerson {
  readonly number: number;
  readonly employeeId: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly title: string;
  readonly department: string;
  /** Null for the one at the top. */
  readonly managerNumber: number | null;
  readonly isActive: boolean;
  readonly isRestricted: boolean;
  readonly costCentre: string;
}

const FIRST = ['Søren', 'Ana', '伟', 'Zoë', 'Łukasz', 'نور', 'Ifeoma', 'Émile', 'Юки', 'Óscar', 'D’Arcy', 'Jo "JJ"'];
const LAST = ['Ålund', 'García; Ruiz', '陈', "O'Neill", 'Wójcik', 'حداد', 'Okafor & Co', 'Dubois', '<Tanaka>', 'Núñez'];
const TITLES = ['Buyer', 'Ingénieure', 'Nurse, senior', 'Analyst'];
const DEPARTMENTS = ['Operations', 'Research & Development', 'Людина', 'Vertrieb Süd'];

/**
 * A company that is the same each time: every tenth leads the ten after them, some are inactive (nobody who leads anybody),
 * some restricted. Names hold what sources have to escape.
 */
export function oneCompany(size: number): CompanyPerson[] {
  return Array.from({ length: size }, (_, number) => ({
    number,
    employeeId: employeeIdOf(number),
    firstName: pick(FIRST, number),
    lastName: marked(pick(LAST, Math.floor(number / 7))),
    email: marked(`person.${number}@acme.example`),
    title: marked(pick(TITLES, number)),
    department: marked(pick(DEPARTMENTS, Math.floor(number / 3))),
    managerNumber: number === 0 ? null : Math.floor(number / 10),
    isActive: number < size / 10 || number % 25 !== 0,
    isRestricted: number % 13 === 5,
    costCentre: marked(`CC-0${number % 6}`),
  }));
}

/** As the simulators of Workday number their people. */
export function employeeIdOf(number: number): string {
  return marked(`E${String(number).padStart(7, '0')}`);
}

export function fullNameOf({ firstName, lastName }: CompanyPerson): string {
  return `${firstName} ${lastName}`;
}

function pick(list: readonly string[], turn: number): string {
  return list[turn % list.length] ?? '';
}
