import { attribute, typedValues } from './schema-attribute.js';
import type { ResourceSchema } from './resource-schema.js';

/** The core attributes of a person (RFC 7643 §4.1). */
export const userSchema: ResourceSchema = {
  id: 'urn:ietf:params:scim:schemas:core:2.0:User',
  name: 'User',
  description: 'A person',
  attributes: [
    attribute('userName', 'The name that the identity provider knows the person by.', {
      required: true,
      uniqueness: 'server',
    }),
    attribute('name', 'The parts of the person’s name.', {
      type: 'complex',
      subAttributes: [
        attribute('formatted', 'The whole name.'),
        attribute('familyName', 'The family name.'),
        attribute('givenName', 'The given name.'),
        attribute('middleName', 'The middle names.'),
        attribute('honorificPrefix', 'What stands before the name.'),
        attribute('honorificSuffix', 'What stands after the name.'),
      ],
    }),
    attribute('displayName', 'The name as it is shown.'),
    attribute('nickName', 'What the person is called.'),
    attribute('profileUrl', 'A page about the person.', {
      type: 'reference',
      caseExact: true,
      referenceTypes: ['external'],
    }),
    attribute('title', 'The job title.'),
    attribute('userType', 'How the person belongs to the organisation.'),
    attribute('preferredLanguage', 'The languages that the person prefers, as in Accept-Language.'),
    attribute('locale', 'Where the person is, for formats of numbers and dates.'),
    attribute('timezone', 'The person’s time zone, as in the IANA database.'),
    attribute('active', 'Whether the person may work with what they have access to.', { type: 'boolean' }),
    attribute('password', 'Never stored.', { mutability: 'writeOnly', returned: 'never' }),
    typedValues('emails', 'E-mail addresses.', ['work', 'home', 'other']),
    typedValues('phoneNumbers', 'Phone numbers.', ['work', 'home', 'mobile', 'fax', 'pager', 'other']),
    typedValues('ims', 'Addresses for instant messages.', []),
    typedValues('photos', 'Pictures of the person.', ['photo', 'thumbnail'], {
      type: 'reference',
      caseExact: true,
      referenceTypes: ['external'],
    }),
    attribute('addresses', 'Postal addresses.', {
      type: 'complex',
      multiValued: true,
      subAttributes: [
        attribute('formatted', 'The whole address.'),
        attribute('streetAddress', 'Street and number.'),
        attribute('locality', 'The city.'),
        attribute('region', 'The state or region.'),
        attribute('postalCode', 'The postal code.'),
        attribute('country', 'The country, two letters.'),
        attribute('type', 'What the address is used for.', { canonicalValues: ['work', 'home', 'other'] }),
        attribute('primary', 'Whether this is the preferred one; true at most once.', { type: 'boolean' }),
      ],
    }),
    attribute('groups', 'The groups that the person is a direct member of.', {
      type: 'complex',
      multiValued: true,
      mutability: 'readOnly',
      subAttributes: [
        attribute('value', 'The group’s id.', { mutability: 'readOnly', caseExact: true }),
        attribute('$ref', 'Where the group is.', {
          type: 'reference',
          mutability: 'readOnly',
          caseExact: true,
          referenceTypes: ['Group'],
        }),
        attribute('display', 'The group’s name.', { mutability: 'readOnly' }),
        attribute('type', 'How the person belongs to it.', { mutability: 'readOnly', canonicalValues: ['direct'] }),
      ],
    }),
    typedValues('entitlements', 'What the person is entitled to.', []),
    typedValues('roles', 'The person’s roles.', []),
    typedValues('x509Certificates', 'The person’s certificates.', [], { type: 'binary', caseExact: true }),
  ],
};
