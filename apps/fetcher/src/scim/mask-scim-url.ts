import { parseScimFilter, resourceTypes } from '#scim';

/** What is shown in the place of a value that may be somebody's. */
const masked = '…';
const knownSegments = new Set([
  ...['Users', 'Groups', 'Bulk', 'Me', 'Schemas', 'ResourceTypes', 'ServiceProviderConfig', 'User', 'Group'],
  '.search',
]);
const ownId = /^scm_[0-9a-z]+$/;
const schemaId = /^urn:ietf:params:scim:schemas:[A-Za-z0-9:.]+$/;
/** Parameters whose values are numbers or names of attributes. */
const plainParameters = new Set(['startIndex', 'count', 'attributes', 'excludedAttributes', 'sortBy', 'sortOrder']);
const plainValue = /^[\w.:,$ -]{0,500}$/;
const maxLength = 1_000;

/**
 * The address of a request without anybody's data: ids that are ours stay, values that a filter compares with do not, and
 * neither does what is not known.
 *
 * @param url what comes behind the integration's address, with its query
 */
export function maskScimUrl(url: string): string {
  const [path = '', query] = url.split('?', 2);
  const segments = path.split('/').map((segment) => (segment === '' || isPlain(segment) ? segment : masked));
  const parameters = [...new URLSearchParams(query)].map(([name, value]) => maskParameter(name, value));
  return `${segments.join('/')}${parameters.length === 0 ? '' : `?${parameters.join('&')}`}`.slice(0, maxLength);
}

function isPlain(segment: string): boolean {
  return knownSegments.has(segment) || ownId.test(segment) || schemaId.test(segment);
}

function maskParameter(name: string, value: string): string {
  if (name === 'filter') return `filter=${maskFilter(value)}`;
  if (plainParameters.has(name)) return `${name}=${plainValue.test(value) ? value : masked}`;
  return name === 'aadOptscim062020' ? name : masked;
}

/** A filter that can be read has names and operators outside its texts and numbers; of any other nothing is known. */
function maskFilter(filter: string): string {
  const isReadable = resourceTypes.some((type) => {
    try {
      parseScimFilter(filter, type);
      return true;
    } catch {
      return false;
    }
  });
  if (!isReadable) return masked;
  return filter.replace(/"(?:[^"\\]|\\.)*"/g, `"${masked}"`).replace(/(?<=\s)-?\d[\d.eE+-]*/g, masked);
}
