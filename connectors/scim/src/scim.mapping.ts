import type { DefaultMapping } from '#connector-sdk';

const employer = '"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"';

/** The preferred value of a list, else the one for work, else the first. */
function preferred(list: string): string {
  return `((${list}[?primary] | [0]) || (${list}[?type == 'work'] | [0]) || ${list}[0])`;
}

/**
 * JMESPath over one user with the core and the enterprise attributes (RFC 7643 §4.1, §4.3). Whoever has no address, but a
 * user name that is one, has that. A manager is somebody’s id here, as Entra sends it.
 */
export const scimDefaultMapping: DefaultMapping = {
  attributes: {
    fullName: "displayName || name.formatted || join(' ', [name.givenName, name.familyName][?@]) || userName",
    email: `${preferred('emails')}.value || ([userName][?contains(@, '@')] | [0])`,
    employeeId: `${employer}.employeeNumber`,
    active: 'active != `false`',
    title: 'title',
    department: `${employer}.department`,
    location: `join(', ', [${preferred('addresses')}.locality, ${preferred('addresses')}.country][?@])`,
    managerSourceId: `${employer}.manager.value`,
    pictureUrl: "(photos[?type == 'photo'] | [0]).value || photos[0].value",
  },
};
