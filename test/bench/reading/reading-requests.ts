import { createdUserId, outcomeId, type SyncId } from '#core';
import { commonSurname, inventedPerson, scatter } from './invented-person.js';
import { hasFailed, type LoadedCompany, sourceIdOf } from './load-company.js';

/** Something that a dashboard asks, each time about other people and other places of a list. */
export interface ReadingRequest {
  name: string;
  /** A path under the tenant, for the nth time. */
  path(nth: number): string;
}

/** A cursor somewhere in a list. */
function cursor(after: string | number): string {
  return `cursor=${Buffer.from(JSON.stringify({ after })).toString('base64url')}`;
}

export function readingRequests(company: LoadedCompany): ReadingRequest[] {
  const { people, syncIds } = company;
  const seq = (nth: number) => scatter(nth * 101) % people;
  const failedSeq = (nth: number) => {
    let found = seq(nth);
    while (!hasFailed(found)) found = (found + 1) % people;
    return found;
  };
  const sync = (nth: number) => syncIds[nth % syncIds.length] as SyncId;
  const first = sync(0);
  const later = (nth: number) => sync(1 + (nth % (syncIds.length - 1)));
  const user = (nth: number) => {
    let found = seq(nth);
    while (hasFailed(found)) found = (found + 1) % people;
    return createdUserId(first, found);
  };
  const name = (nth: number) => encodeURIComponent(String(inventedPerson(seq(nth))['fullName']));
  const common = (nth: number) => encodeURIComponent(commonSurname(nth));
  const part = (nth: number, length: number) =>
    String(inventedPerson(seq(nth))['fullName'])
      .slice(0, length)
      .toLowerCase();
  const email = (nth: number) => String(inventedPerson(seq(nth))['email']);
  const outcomes = (of: string, query: string) => `/syncs/${of}/outcomes?${query}`;
  return [
    { name: 'users, any page', path: (n) => `/users?${cursor(user(n))}` },
    { name: 'users, deactivated, any page', path: (n) => `/users?status=deactivated&${cursor(user(n))}` },
    { name: 'users, q = a whole name', path: (n) => `/users?q=${name(n)}` },
    { name: 'users, q = a common surname, any page', path: (n) => `/users?q=${common(n)}&${cursor(user(n))}` },
    { name: 'users, q = 3 letters, any page', path: (n) => `/users?q=${part(n, 3)}&${cursor(user(n))}` },
    { name: 'users, q = 2 letters, any page', path: (n) => `/users?q=${part(n, 2)}&${cursor(user(n))}` },
    { name: 'users, q = nobody', path: (n) => `/users?q=zz${String(n)}zz` },
    { name: 'users, filter: email eq', path: (n) => `/users?filter=${encodeURIComponent(`email eq "${email(n)}"`)}` },
    {
      name: 'users, filter: department eq, any page',
      path: (n) => `/users?filter=${encodeURIComponent('department eq "Sales"')}&${cursor(user(n))}`,
    },
    { name: 'one user', path: (n) => `/users/${user(n)}` },
    { name: 'the history of a user', path: (n) => `/users/${user(n)}/history` },
    { name: 'people, q = a whole name', path: (n) => `/people?q=${name(n)}` },
    { name: 'people, q = an e-mail', path: (n) => `/people?q=${encodeURIComponent(email(n))}` },
    { name: 'people, q = a source id', path: (n) => `/people?q=${sourceIdOf(seq(n))}` },
    { name: 'people, q = the name of one who failed', path: (n) => `/people?q=${name(failedSeq(n))}` },
    { name: 'syncs', path: () => '/syncs' },
    { name: 'one sync', path: (n) => `/syncs/${sync(n)}` },
    { name: 'outcomes, any page', path: (n) => outcomes(first, cursor(seq(n))) },
    { name: 'outcomes, failed, any page', path: (n) => outcomes(sync(n), `outcome=failed&${cursor(seq(n))}`) },
    { name: 'outcomes, updated, any page', path: (n) => outcomes(later(n), `outcome=updated&${cursor(seq(n))}`) },
    { name: 'outcomes, held, any page', path: (n) => outcomes(later(n), `state=held&${cursor(seq(n))}`) },
    { name: 'outcomes, q = a whole name', path: (n) => outcomes(sync(n), `q=${name(n)}`) },
    {
      name: 'outcomes, q = a common surname, any page',
      path: (n) => outcomes(sync(n), `q=${common(n)}&${cursor(seq(n))}`),
    },
    { name: 'outcomes, q = 3 letters, any page', path: (n) => outcomes(sync(n), `q=${part(n, 3)}&${cursor(seq(n))}`) },
    { name: 'outcomes, q = nobody', path: (n) => outcomes(sync(n), `q=zz${String(n)}zz`) },
    { name: 'outcomes, failed, q = a common surname', path: (n) => outcomes(sync(n), `outcome=failed&q=${common(n)}`) },
    {
      name: 'outcomes, updated, q = a common surname',
      path: (n) => outcomes(later(n), `outcome=updated&q=${common(n)}`),
    },
    {
      name: 'outcomes, failed, q = 3 letters, any page',
      path: (n) => outcomes(sync(n), `outcome=failed&q=${part(n, 3)}&${cursor(seq(n))}`),
    },
    { name: 'outcomes, failed, q = 2 letters', path: (n) => outcomes(sync(n), `outcome=failed&q=${part(n, 2)}`) },
    { name: 'outcomes, created, q = 3 letters', path: (n) => outcomes(first, `outcome=created&q=${part(n, 3)}`) },
    { name: 'outcomes, updated, q = 3 letters', path: (n) => outcomes(later(n), `outcome=updated&q=${part(n, 3)}`) },
    { name: 'outcomes, unchanged, q = 3 letters', path: (n) => outcomes(later(n), `reason=unchanged&q=${part(n, 3)}`) },
    { name: 'outcomes, held, q = 3 letters', path: (n) => outcomes(later(n), `state=held&q=${part(n, 3)}`) },
    { name: 'an outcome', path: (n) => `/outcomes/${outcomeId(sync(n), seq(n))}` },
    { name: 'an explanation', path: (n) => `/outcomes/${outcomeId(sync(n), seq(n))}/explanation` },
  ];
}
