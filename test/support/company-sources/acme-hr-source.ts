import { workerId } from '../../../connectors/acme-hr/simulator/src/base-person.js';
import { startMarkedSimulator } from '../marked-simulator.js';
import type { CompanySource } from './company-source.js';
import { type CompanyPerson, fullNameOf } from './one-company.js';

/** In Acme's in-house HR system. */
export async function acmeHrSource(company: readonly CompanyPerson[]): Promise<CompanySource> {
  const simulator = await startMarkedSimulator({ people: company.length, oddShare: 0 });
  for (const person of company) {
    const { number, managerNumber } = person;
    simulator.patch(workerId(number), {
      employeeNumber: person.employeeId,
      legalName: { given: person.firstName, family: person.lastName, display: fullNameOf(person) },
      contact: { workEmail: person.email },
      employment: {
        status: person.isActive ? 'A' : 'T',
        endDate: null,
        jobTitle: person.title,
        costCentre: person.costCentre,
        orgUnit: { name: person.department },
      },
      manager: managerNumber === null ? null : { workerId: workerId(managerNumber) },
      access: { restricted: person.isRestricted ? 'Y' : 'N' },
    });
  }
  return {
    connectorId: 'acme-hr',
    config: { ...simulator.config },
    secrets: { ...simulator.secrets },
    attributes: {},
    restricted: `access.restricted == 'Y'`,
    leave: async (number) => void simulator.remove([workerId(number)]),
    stop: async () => simulator.stop(),
  };
}
