import type { JsonObject } from '#core';
import { story } from './story.js';

const { people } = story;

function record<Employment extends JsonObject>(
  sourceId: string,
  given: string,
  family: string,
  workEmail: string,
  employment: Employment,
) {
  return {
    workerId: sourceId,
    employeeNumber: `1${sourceId.slice(-5)}`,
    legalName: { given, family, display: `${given} ${family}` },
    contact: { workEmail },
    employment: { status: 'A', type: 'regular', endDate: null, ...employment },
    location: { site: 'Amsterdam', country: 'NL' },
    manager: { workerId: people.jonas.sourceId, email: 'jonas.keller@acme.example' },
    access: { restricted: 'N' },
  };
}

/** The documents of two people's records in the live sync. */
export const records = {
  mara: record(people.mara.sourceId, 'Mara', 'de Vries', 'mara.devries@acme.example', {
    startDate: '2021-03-01',
    jobTitle: 'Account Manager',
    costCentre: 'CC-4084',
    orgUnit: { code: 'OU-1201', name: 'Sales' },
  }),
  ines: record(people.ines.sourceId, 'Ines', 'Ferrer', 'ines.ferrer(at)acme.example', {
    startDate: '2026-04-01',
    jobTitle: 'Support Agent',
    costCentre: 'CC-4102',
    orgUnit: { code: 'OU-1310', name: 'Customer Care' },
  }),
};
