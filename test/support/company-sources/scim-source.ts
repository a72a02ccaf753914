import type { MusterApi } from '../muster-api.js';
import { ScimClient } from '../scim-client.js';
import type { CompanySource } from './company-source.js';
import { type CompanyPerson, fullNameOf } from './one-company.js';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** How an identity provider tells that somebody left: Okta switches them off and no more, Entra deletes them in the end. */
export type ScimLeaving = 'active: false' | 'DELETE';

/** At an identity provider that pushes everybody to Muster, managers first, and those who are restricted as a group. */
export function scimSource(leaving: ScimLeaving) {
  return async (company: readonly CompanyPerson[]): Promise<CompanySource> => {
    /** By the person's number. */
    const ids: string[] = [];
    let client: ScimClient | undefined;
    const pushing = (): ScimClient => {
      if (client === undefined) throw new TypeError('Nothing was pushed yet.');
      return client;
    };
    return {
      connectorId: 'scim',
      config: { provider: 'other' },
      secrets: {},
      attributes: { 'custom.costCentre': `"${enterprise}".costCenter` },
      restricted: `contains(groups[].display || \`[]\`, 'Restricted')`,
      push: async (api: MusterApi, tenant: string, integration: string) => {
        client = await ScimClient.ofIntegration(api, tenant, integration);
        for (const person of company) {
          const { body } = await client.must('POST', '/Users', 201, userOf(person, ids));
          ids.push(String(body['id']));
        }
        const members = company
          .filter(({ isRestricted }) => isRestricted)
          .map(({ number }) => ({ value: ids[number] }));
        await client.must('POST', '/Groups', 201, { displayName: 'Restricted', members });
      },
      leave: async (number) => {
        const path = `/Users/${ids[number] ?? ''}`;
        if (leaving === 'DELETE') await pushing().must('DELETE', path, 204);
        else {
          const Operations = [{ op: 'replace', path: 'active', value: false }];
          await pushing().must('PATCH', path, 200, { Operations });
        }
      },
      stop: async () => undefined,
    };
  };
}

function userOf(person: CompanyPerson, ids: readonly string[]): object {
  const { firstName: givenName, lastName: familyName, email, title, isActive: active, managerNumber } = person;
  return {
    userName: email,
    externalId: person.employeeId,
    name: { givenName, familyName },
    displayName: fullNameOf(person),
    emails: [{ value: email, type: 'work', primary: true }],
    title,
    active,
    [enterprise]: {
      employeeNumber: person.employeeId,
      department: person.department,
      costCenter: person.costCentre,
      ...(managerNumber === null ? {} : { manager: { value: ids[managerNumber] } }),
    },
  };
}
