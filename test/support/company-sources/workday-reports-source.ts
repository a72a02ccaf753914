import { startWorkdaySimulator } from '../../../connectors/workday-raas/simulator/src/index.js';
import { marked } from '../canary.js';
import type { CompanySource } from './company-source.js';
import { type CompanyPerson, employeeIdOf, fullNameOf } from './one-company.js';

/** In Workday, as one report. */
export async function workdayReportsSource(company: readonly CompanyPerson[]): Promise<CompanySource> {
  const simulator = await startWorkdaySimulator({ people: company.length, mark: marked('') });
  for (const person of company) {
    const manager = person.managerNumber === null ? undefined : company[person.managerNumber];
    simulator.patch(person.employeeId, {
      Preferred_Name: fullNameOf(person),
      'Email_-_Work': person.email,
      Business_Title: person.title,
      Supervisory_Organization: person.department,
      Manager_group: manager === undefined ? undefined : [{ 'Email_-_Work': manager.email }],
      Active_Status: person.isActive ? '1' : '0',
      Access_Level: person.isRestricted ? 'restricted' : 'all',
      Cost_Centre: person.costCentre,
    });
  }
  return {
    connectorId: 'workday-raas',
    ...simulator.asUser,
    attributes: { 'custom.costCentre': '"Cost_Centre"' },
    restricted: `"Access_Level" == 'restricted'`,
    leave: async (number) => simulator.remove(employeeIdOf(number)),
    stop: async () => simulator.stop(),
  };
}
