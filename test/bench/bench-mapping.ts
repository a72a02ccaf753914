import { acmeHr } from '#connectors/acme-hr';

export interface BenchMapping {
  attributes: Record<string, { label: string; type: string }>;
  mapping: {
    identity: 'connector';
    attributes: Record<string, string>;
    restricted: { expression: string; onMissing: 'keep' } | null;
  };
}

/** Sources of further expressions: plain paths, functions and a filter, as mappings mix them. */
const further = [
  'employment.orgUnit.code',
  'location.country',
  'employment.costCentre',
  'manager.workerId',
  "join(' ', [legalName.given, legalName.family][?@])",
  'employment.jobTitle',
  'legalName.family',
  "employment.status == 'A' && 'yes' || 'no'",
  'contact.workEmail',
  "customFields[?key == 'badge'] | [0].value",
];

/**
 * The connector's default mapping (13 attributes and the restricted indicator: 14 expressions), cut or stretched by
 * custom attributes to the wanted number of expressions.
 */
export function benchMapping(expressions: number): BenchMapping {
  const all = Object.entries(acmeHr.defaultMapping.attributes);
  const required = all.filter(([name]) => name === 'fullName' || name === 'email');
  const others = all.filter(([name]) => name !== 'fullName' && name !== 'email');
  const attributes = Object.fromEntries([...required, ...others].slice(0, Math.max(2, expressions - 1)));
  const definitions: BenchMapping['attributes'] = {};
  for (let index = Object.keys(attributes).length + 1; index < expressions; index += 1) {
    const name = `custom.extra${String(index)}`;
    attributes[name] = further[index % further.length] ?? 'workerId';
    definitions[name] = { label: `Extra ${String(index)}`, type: 'string' };
  }
  const { restricted } = acmeHr.defaultMapping;
  return {
    attributes: definitions,
    mapping: {
      identity: 'connector',
      attributes,
      restricted: restricted === undefined ? null : { expression: restricted, onMissing: 'keep' },
    },
  };
}
