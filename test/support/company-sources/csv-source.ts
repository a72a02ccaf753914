import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OpenSshServer } from '#testing';
import { windowsCsv } from '../windows-csv.js';
import type { CompanySource } from './company-source.js';
import type { CompanyPerson } from './one-company.js';

const headers = [
  'Employee ID',
  'First Name',
  'Last Name',
  'Work Email',
  'Job Title',
  'Department',
  'Manager Email',
  'Status',
  'Access',
  'Cost Centre',
];

/** As reports that OpenSSH's server gives. */
export async function csvSource(company: readonly CompanyPerson[]): Promise<CompanySource> {
  const server = await OpenSshServer.start();
  const folder = join(server.folder, 'reports');
  mkdirSync(folder);
  const gone = new Set<number>();
  let day = 0;
  const put = (): void => {
    day += 1;
    const present = company.filter(({ number }) => !gone.has(number));
    writeFileSync(join(folder, `people_2026-03-0${day}.csv`), report(present, company));
  };
  put();
  const { host, port, user, privateKey, fingerprint } = server;
  return {
    connectorId: 'csv-sftp',
    config: {
      host,
      port,
      user,
      hostKeyFingerprints: [fingerprint],
      path: 'reports/people_YYYY-MM-DD.csv',
      content: 'full',
      settleSeconds: 0,
    },
    secrets: { privateKey },
    attributes: { 'custom.costCentre': '"Cost Centre"' },
    restricted: `"Access" == 'restricted'`,
    leave: async (number) => {
      gone.add(number);
      put();
    },
    stop: async () => server.stop(),
  };
}

function report(people: readonly CompanyPerson[], company: readonly CompanyPerson[]): string {
  const rows = people.map((person) => [
    person.employeeId,
    person.firstName,
    person.lastName,
    person.email,
    person.title,
    person.department,
    person.managerNumber === null ? '' : (company[person.managerNumber]?.email ?? ''),
    person.isActive ? 'Active' : 'Terminated',
    person.isRestricted ? 'restricted' : 'all',
    person.costCentre,
  ]);
  return windowsCsv([headers, ...rows]);
}
