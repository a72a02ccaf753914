import { startWorkdaySoapSimulator } from '../../../connectors/workday-soap/simulator/src/index.js';
import type { CompanySource } from './company-source.js';
import { type CompanyPerson, employeeIdOf, fullNameOf } from './one-company.js';

const field = (name: string): string =>
  `Worker_Data[0].Integration_Field_Override_Data[?Field_Reference[0].ID[?"#text"=='${name}']] | [0].Value[0]`;

/** In Workday, read by SOAP. */
export async function workdaySoapSource(company: readonly CompanyPerson[]): Promise<CompanySource> {
  const people = company.map((person) => ({
    wid: `wid-of-${person.employeeId}`,
    employeeId: person.employeeId,
    fullName: fullNameOf(person),
    email: person.email,
    title: person.title,
    organization: person.department,
    location: 'Leeds',
    ...(person.managerNumber === null ? {} : { managerId: employeeIdOf(person.managerNumber) }),
    isActive: person.isActive,
    hireDate: '2020-02-01',
    fields: { access: person.isRestricted ? 'restricted' : 'all', costCentre: person.costCentre },
  }));
  const simulator = await startWorkdaySoapSimulator({ people });
  return {
    connectorId: 'workday-soap',
    config: simulator.config,
    secrets: simulator.secrets,
    attributes: { 'custom.costCentre': field('costCentre') },
    restricted: `(${field('access')}) == 'restricted'`,
    leave: async (number) => simulator.remove(number),
    stop: async () => simulator.stop(),
  };
}
