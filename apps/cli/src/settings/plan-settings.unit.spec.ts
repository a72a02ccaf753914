import { describe, expect, it } from 'vitest';
import { defaultSafeguardLimits, standardAttributes } from '#core';
import type { Connector, Integration, Mapping } from '#api-client';
import { toSettings, toYaml } from './export-settings.js';
import { planSettings } from './plan-settings.js';
import type { PresentIntegration, PresentSettings } from './present-settings.js';
import { subject } from './settings-change.js';
import { parseSettings } from './settings-file.js';

const connector: Connector = {
  id: 'hr',
  title: 'HR',
  description: '',
  capabilities: {
    full: true,
    person: false,
    delta: false,
    resume: false,
    wholeness: 'none',
    push: false,
    reread: false,
  },
  traits: {
    kind: 'custom',
    settings: [],
    setupEffort: { level: 'low', text: '' },
    mapping: { attributes: [], text: '' },
    restrictedRole: { inDefaultMapping: false, text: '' },
    personSync: { supported: false, text: '' },
    rateBudget: { requestsPerMinute: null, burst: null, text: '' },
    wholeness: { evidence: 'none', text: '' },
  },
  config: {},
  secrets: { properties: { password: {}, token: {} }, required: ['password'] },
  sourceIdExpression: 'id',
  defaultMapping: { attributes: {}, scope: null, restricted: null },
};

const mapping: Mapping = {
  integrationId: 'int_1',
  version: 3,
  active: true,
  identity: 'connector',
  attributes: { fullName: 'name', email: 'mail' },
  scope: null,
  restricted: null,
  createdAt: '',
  createdBy: '',
};

function integration(parts: Partial<Integration> = {}): Integration {
  return {
    id: 'int_1',
    createdAt: '',
    name: 'Acme HR',
    connectorId: 'hr',
    config: { url: 'https://hr.example', pageSize: 500 },
    secretsSet: ['password'],
    enabled: true,
    precedence: 'primary',
    standing: 'live',
    onLeavingScope: 'deprovision',
    contacts: [],
    safeguards: { ...defaultSafeguardLimits },
    schedule: null,
    rateBudget: null,
    paused: null,
    activeMappingVersion: 3,
    revision: 4,
    lastSync: null,
    ...parts,
  };
}

function present(...integrations: PresentIntegration[]): PresentSettings {
  return {
    tenant: {
      id: 'ten_1',
      createdAt: '',
      name: 'Acme',
      timeZone: 'UTC',
      deprovisioningDelayDays: 7,
      contacts: [],
      revision: 1,
    },
    attributes: [...standardAttributes],
    integrations,
  };
}

const acme = (parts: Partial<Integration> = {}) =>
  present({ integration: integration(parts), active: mapping, newest: mapping });

function plan(text: string, there: PresentSettings | null, replaceSecrets = false, prune = false) {
  const [document] = parseSettings(text, 'f');
  const context = { connectors: new Map([['hr', connector]]), replaceSecrets, prune };
  const { changes, mistakes } = planSettings(document?.settings ?? {}, there, context);
  return {
    changes: changes.map((change) => `${change.isNew ? '+' : '~'} ${subject(change)}`),
    bodies: changes.map(({ body }) => body),
    fields: changes.flatMap(({ fields }) => fields.map(({ field }) => field)),
    mistakes: mistakes.map(({ path, message }) => `${path.join('/')}: ${message}`),
    plan: changes,
  };
}

describe('planSettings', () => {
  it('changes nothing by what was exported, whatever it is', () => {
    const schedules = [
      null,
      { mode: 'dry', every: 6 },
      { mode: 'live', cron: '0 6 * * *', timeZone: 'Asia/Kolkata' },
    ] as Integration['schedule'][];
    for (const schedule of schedules) {
      const there = present(
        { integration: integration({ schedule, name: 'yes' }), active: mapping, newest: mapping },
        { integration: integration({ id: 'int_2', name: '007', enabled: false }), active: null, newest: mapping },
      );
      const { changes, mistakes } = plan(toYaml([toSettings(there, new Set())]), there);
      expect({ changes, mistakes }).toEqual({ changes: [], mistakes: [] });
    }
  });

  it('names secrets by variables of their own, without a value, and leaves the standing out', () => {
    const there = present(
      { integration: integration({ name: 'Ácme HR', secretsSet: ['apiToken'] }), active: null, newest: null },
      { integration: integration({ name: 'acme-hr', secretsSet: ['apiToken'] }), active: null, newest: null },
      { integration: integration({ name: '人事', secretsSet: ['token'] }), active: null, newest: null },
    );
    const text = toYaml([toSettings(there, new Set())]);
    expect(text.match(/fromEnv: .*/g)).toEqual([
      'fromEnv: ACME_HR_API_TOKEN',
      'fromEnv: ACME_HR_API_TOKEN_2',
      'fromEnv: TOKEN',
    ]);
    expect(text).not.toContain('standing');
    const twice = present(
      { integration: integration(), active: null, newest: null },
      { integration: integration({ name: 'ACME HR' }), active: null, newest: null },
    );
    expect(() => toSettings(twice, new Set())).toThrow('Two integrations are called');
  });

  it('leaves alone what the file leaves out', () => {
    const text = `
tenant: { deprovisioningDelayDays: 9 }
attributes: { title: { label: Job } }
integrations: { Acme HR: { config: { pageSize: 7 }, safeguards: { failures: 0.5 } } }`;
    const { changes, bodies, fields } = plan(text, acme());
    expect(changes).toEqual(['~ tenant Acme', '~ attribute title', '~ integration Acme HR']);
    expect(fields).toEqual(['deprovisioningDelayDays', 'label', 'config.pageSize', 'safeguards.failures']);
    expect(bodies).toEqual([
      { deprovisioningDelayDays: 9 },
      { label: 'Job', type: 'string', required: false, whenBlank: 'clear', excludeFromCsvExport: false },
      {
        config: { url: 'https://hr.example', pageSize: 7 },
        safeguards: { ...defaultSafeguardLimits, failures: 0.5 },
      },
    ]);
    expect(plan('integrations: {}', acme()).changes).toEqual([]);
  });

  it('makes what is not there, each thing after what it needs', () => {
    const text = `
tenant: { name: Other }
attributes: { custom.level: { type: number } }
integrations:
  New:
    connectorId: hr
    secrets: { password: { fromEnv: PASSWORD } }
    schedule: { mode: dry, every: 24 }
    mapping: { attributes: { custom.level: level } }`;
    const made = plan(text, null);
    expect(made).toMatchObject({
      changes: [
        '+ tenant Other',
        '+ attribute custom.level',
        '+ integration New',
        '+ mapping of New',
        '+ schedule of New',
      ],
      mistakes: [],
    });
    expect(made.bodies[2]).toEqual({ name: 'New', connectorId: 'hr', config: {} });
    expect(made.bodies[3]).toMatchObject({ identity: 'connector', scope: null, restricted: null });
  });

  it('replaces a mapping as a whole, and uses a version that is saved already', () => {
    const text = 'integrations: { acme hr: { mapping: { attributes: { fullName: name } } } }';
    expect(plan(text, acme()).changes).toEqual(['~ integration acme hr', '~ mapping of acme hr']);
    expect(plan(text, acme()).fields).toEqual(['name', 'attributes.email']);
    const draft = { ...mapping, version: 4, active: false, attributes: { fullName: 'name' } };
    const there = present({ integration: integration(), active: mapping, newest: draft });
    expect(plan(text, there).plan).toContainEqual(expect.objectContaining({ kind: 'mapping', saved: 4 }));
    expect(plan(text, acme()).plan).toContainEqual(expect.objectContaining({ kind: 'mapping', saved: null }));
  });

  it('keeps the time zone that a cron expression has, and takes a schedule away', () => {
    const schedule = { mode: 'dry', cron: '0 6 * * *', timeZone: 'Asia/Kolkata' } as Integration['schedule'];
    const file = (given: string) => `integrations: { Acme HR: { schedule: ${given} } }`;
    expect(plan(file('{ mode: dry, cron: 0 6 * * * }'), acme({ schedule })).changes).toEqual([]);
    expect(plan(file('{ mode: dry, cron: 0 7 * * * }'), acme({ schedule })).bodies).toEqual([
      { schedule: { mode: 'dry', cron: '0 7 * * *', timeZone: 'Asia/Kolkata' } },
    ]);
    expect(plan(file('null'), acme({ schedule })).bodies).toEqual([{ schedule: null }]);
  });

  it('sends secrets that are not set, or all when they are to be replaced, and loses none', () => {
    const both = `integrations: { Acme HR: { secrets: { password: { fromEnv: P }, token: { fromEnv: T } } } }`;
    const one = `integrations: { Acme HR: { secrets: { password: { fromEnv: P } } } }`;
    expect(plan(one, acme()).changes).toEqual([]);
    expect(plan(both, acme()).plan).toEqual([expect.objectContaining({ secrets: { token: 'T' }, body: {} })]);
    expect(plan(one, acme(), true).plan).toMatchObject([{ secrets: { password: 'P' } }]);
    expect(plan(one, acme({ secretsSet: ['password', 'token'] }), true).plan).toMatchObject([
      { secrets: { password: 'P' } },
    ]);
  });

  it('takes away what the file names no more only when asked to, section by section', () => {
    const own = { name: 'custom.old', type: 'string', label: 'Old', required: false } as const;
    const attribute = { ...own, whenBlank: 'clear', excludeFromCsvExport: false, standard: false } as const;
    const there = present(
      { integration: integration(), active: mapping, newest: mapping },
      { integration: integration({ id: 'int_2', name: 'Gone' }), active: null, newest: null },
      { integration: integration({ id: 'int_3', name: 'Off', enabled: false }), active: null, newest: null },
    );
    there.attributes.push(attribute);
    const file = 'attributes: {}\nintegrations: { Acme HR: {} }';
    expect(plan(file, there).changes).toEqual([]);
    expect(plan(file, there, false, true).changes).toEqual(['~ integration Gone', '~ attribute custom.old']);
    expect(plan(file, there, false, true).bodies).toEqual([{ enabled: false }, null]);
    expect(plan('integrations: { Acme HR: {} }', there, false, true).changes).toEqual(['~ integration Gone']);
    expect(plan('tenant: { name: Acme }', there, false, true).changes).toEqual([]);
  });

  it('tells what can’t be, all at once', () => {
    const text = `
attributes: { custom.x: {} }
integrations:
  Acme HR: { connectorId: other, mapping: { attributes: { custom.y: y } } }
  A: { connectorId: nosuch }
  B: { connectorId: hr, secrets: { key: { fromEnv: K } } }
  b: {}`;
    expect(plan(text, acme()).mistakes).toEqual([
      'attributes/custom.x: A new attribute needs a type.',
      expect.stringContaining('integrations/Acme HR/connectorId: An integration keeps its connector, here hr.'),
      expect.stringContaining('integrations/Acme HR/mapping/attributes/custom.y: There is no such attribute'),
      expect.stringContaining('integrations/A/connectorId: This Muster has no such connector'),
      expect.stringContaining('integrations/B/secrets/key: hr has no such secret; it has password, token.'),
      expect.stringContaining('integrations/B/secrets/password: A new integration needs it'),
      expect.stringContaining('integrations/b: Another one has this name already.'),
      expect.stringContaining('integrations/b: A new integration needs a connectorId'),
    ]);
    const twice = present(
      { integration: integration(), active: null, newest: null },
      { integration: integration({ id: 'int_2' }), active: null, newest: null },
    );
    expect(plan('integrations: { Acme HR: {} }', twice).mistakes).toEqual([
      expect.stringContaining('(int_1, int_2): rename one'),
    ]);
  });
});
