import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { temporaryDirectory } from '#testing';
import { ApiUnderTest, operatorKey } from '../api/api-under-test.js';
import { type SeededTenant, seedTenant } from '../api/seed-tenant.js';
import { answeringTerminal, capturedTerminal, runAt } from './captured-terminal.js';

let api: ApiUnderTest;
let url: string;
let acme: SeededTenant;
let file: string;

beforeAll(async () => {
  api = await ApiUnderTest.start();
  url = await api.listen();
});

beforeEach(async () => {
  acme = await seedTenant(api);
  file = join(temporaryDirectory(), 'acme.yaml');
});

afterAll(async () => {
  await api.stop();
});

interface How {
  key?: string;
  env?: Record<string, string>;
  /** Null: none is named. */
  tenant?: string | null;
  /** What somebody at the terminal says. */
  answer?: () => Promise<string>;
}

async function musterWith({ key = operatorKey, env = {}, tenant = acme.tenant, answer }: How, ...args: string[]) {
  const where = ['--url', url, '--api-key', key, ...(tenant === null ? [] : ['--tenant', tenant])];
  return runAt(answer === undefined ? capturedTerminal() : answeringTerminal(answer), [...args, ...where], env);
}

const muster = (...args: string[]) => musterWith({}, ...args);

async function apply(text: string, ...args: string[]) {
  writeFileSync(file, text);
  return muster('apply', '-f', file, ...args);
}

const base = () => `/v1/tenants/${acme.tenant}`;

async function integration(name: string): Promise<Record<string, unknown>> {
  const { items } = await api.json<{ items: Record<string, unknown>[] }>('GET', `${base()}/integrations`);
  return items.find((one) => one['name'] === name) ?? {};
}

const containing = (text: string) => expect.stringContaining(text) as string;

const edited = `
tenant: { deprovisioningDelayDays: 9 }
attributes: { custom.level: { type: number } }
integrations:
  Acme HR:
    config: { pageSize: 7 }
    schedule: { mode: live, every: 6 }
    mapping: { attributes: { fullName: legalName.display, email: contact.workEmail, custom.level: level } }
`;

describe('export', () => {
  it('is a file that changes nothing, as YAML and as JSON, and holds no secret', async () => {
    for (const format of [[], ['--json']]) {
      const { out } = await muster('export', ...format);
      expect(out).not.toMatch(/client-s3cret|signing-k3y/);
      expect(out).toContain('ACME_HR_SIGNING_KEY');
      expect(await apply(out)).toMatchObject({ code: 0, out: containing('nothing to change.'), err: '' });
    }
  });

  it('goes to a file, or says why not', async () => {
    expect(await muster('export', '-o', file)).toEqual({ code: 0, out: '', err: `Settings of 1 tenant in ${file}.\n` });
    expect(readFileSync(file, 'utf8')).toMatch(/^# .*\n\ntenant:\n/);
    expect(await muster('export', '-o', `${file}/x`)).toMatchObject({ code: 2, err: containing('cannot be written') });
  });

  it('of all tenants is a document each', async () => {
    const { out } = await muster('export', '--all');
    const { items } = await api.json<{ items: unknown[] }>('GET', '/v1/tenants?limit=500');
    expect(out.match(/^tenant:$/gm)).toHaveLength(items.length);
  });
});

describe('apply', () => {
  it('shows what changes and waits for a yes', async () => {
    const asked = await apply(edited);
    expect(asked).toMatchObject({ code: 8, err: containing('--yes') });
    for (const line of [
      '~ tenant Acme',
      '    deprovisioningDelayDays: 7 → 9',
      '+ attribute custom.level',
      '    type: "number"',
      '    config.pageSize: 500 → 7',
      '~ mapping of Acme HR',
      '    attributes.custom.level: – → "level"',
      '+ schedule of Acme HR',
      '    schedule.every: 6',
    ]) {
      expect(asked.out.split('\n')).toContain(line);
    }
    expect(await muster('apply', '-f', file, '--dry-run')).toEqual({ code: 0, out: asked.out, err: '' });
    expect((await musterWith({ answer: async () => 'n' }, 'apply', '-f', file)).code).toBe(8);
    expect(await integration('Acme HR')).toMatchObject({ revision: 1, activeMappingVersion: 1 });
  });

  it('changes it in order once, and nothing the second time', async () => {
    writeFileSync(file, edited);
    const done = await musterWith({ answer: async () => 'y' }, 'apply', '-f', file);
    expect(done).toMatchObject({ code: 0, out: containing('Applied 5 changes.') });
    expect(done.out.match(/^✓ .*/gm)).toEqual([
      '✓ tenant Acme',
      '✓ attribute custom.level',
      '✓ integration Acme HR',
      '✓ mapping of Acme HR',
      '✓ schedule of Acme HR',
    ]);
    expect(await integration('Acme HR')).toMatchObject({
      config: { pageSize: 7, clientId: 'muster' },
      schedule: { mode: 'live', every: 6 },
      activeMappingVersion: 2,
      secretsSet: ['clientSecret', 'signingKey'],
    });
    const revision = (await integration('Acme HR'))['revision'];
    expect(await muster('apply', '-f', file)).toMatchObject({ code: 0, out: containing('nothing to change.') });
    expect(await integration('Acme HR')).toMatchObject({ revision, activeMappingVersion: 2 });
  });

  it('takes away what it names no more with --prune, and says so before', async () => {
    await muster('attribute', 'put', 'custom.old', '--type', 'string');
    writeFileSync(file, 'attributes: {}\nintegrations: {}\n');
    expect(await muster('apply', '-f', file)).toMatchObject({ code: 0, out: containing('nothing to change.') });
    const shown = await muster('apply', '-f', file, '--prune', '--dry-run');
    expect(shown.out).toContain('~ integration Acme HR\n    enabled: true → false');
    expect(shown.out).toContain('- attribute custom.old');
    const applied = await muster('apply', '-f', file, '--prune', '--yes', '--json');
    expect(applied.code).toBe(0);
    const { changes } = JSON.parse(applied.out) as { changes: object[] };
    expect(changes).toContainEqual(
      expect.objectContaining({ kind: 'attributeGone', action: 'delete', state: 'applied' }),
    );
    expect(await integration('Acme HR')).toMatchObject({ enabled: false });
    expect((await muster('attribute', 'list')).out).not.toContain('custom.old');
  });

  it('makes an integration with secrets of the environment, which stay as they are from then on', async () => {
    const text = `
integrations:
  Second:
    connectorId: acme-hr
    config: { baseUrl: https://hr.example, clientId: m }
    secrets: { clientSecret: { fromEnv: CLIENT }, signingKey: { fromEnv: SIGNING } }`;
    expect(await apply(text, '--yes')).toMatchObject({
      code: 2,
      err: containing(`${file}:6 /integrations/Second/secrets/signingKey: The environment has no SIGNING`),
    });
    const env = { CLIENT: 'hunter2', SIGNING: 'hunter3' };
    const made = await musterWith({ env }, 'apply', '-f', file, '--yes');
    expect(made).toMatchObject({ code: 0, out: containing('secrets.clientSecret: "from CLIENT"') });
    expect(made.out + made.err).not.toContain('hunter');
    expect(await integration('Second')).toMatchObject({
      standing: 'observe',
      secretsSet: ['clientSecret', 'signingKey'],
    });
    expect(await muster('apply', '-f', file)).toMatchObject({ code: 0 });
    expect(await musterWith({ env }, 'apply', '-f', file, '--yes', '--replace-secrets')).toMatchObject({ code: 0 });
    expect(await integration('Second')).toMatchObject({ revision: 2 });
  });

  it('makes a tenant that the file names and nobody has, by an operator’s key only', async () => {
    const text = `tenant: { name: Of ${acme.tenant}, timeZone: Asia/Kolkata }\nattributes: { custom.x: { type: date } }\n`;
    writeFileSync(file, text);
    expect(await musterWith({ key: acme.adminKey, tenant: null }, 'apply', '-f', file, '--yes')).toMatchObject({
      code: 2,
      err: containing(`${file}:1 /tenant/name: The key sees no tenant of this name`),
    });
    const byOperator = () => musterWith({ tenant: null }, 'apply', '-f', file, '--yes');
    expect((await byOperator()).out).toContain('Applied 2 changes.');
    expect((await byOperator()).out).toContain('nothing to change.');
  });

  it('is about one tenant each, and never about another than --tenant says', async () => {
    const text = `tenant: { name: Of ${acme.tenant} }`;
    expect((await apply(text)).err).toContain(`${file}:1 /tenant/name: This is another tenant than --tenant says`);
    expect((await apply('attributes: {}\n---\ntenant: { name: Acme }')).err).toContain(
      `${file}:3 /tenant/name: The file has this tenant twice`,
    );
    await seedTenant(api);
    const several = await musterWith({ tenant: null }, 'apply', '-f', file);
    expect(several.err).toContain('There are several tenants');
    writeFileSync(file, 'tenant: { name: Acme }');
    expect((await musterWith({ tenant: null }, 'apply', '-f', file)).err).toContain('Several tenants are called so');
    expect((await muster('apply', '-f', file)).code).toBe(0);
  });

  it('stops at the first refusal, with its place in the file, and goes on from there', async () => {
    const text = `
attributes: { custom.level: { type: number } }
integrations:
  Acme HR:
    mapping:
      attributes: { email: contact.workEmail, fullName: a..b }
    schedule: { mode: dry, every: 24 }`;
    const refused = await apply(text, '--yes');
    expect(refused.code).toBe(2);
    expect(refused.out).toContain('✓ attribute custom.level\n✗ mapping of Acme HR\n– schedule of Acme HR\n');
    expect(refused.err).toContain(`${file}:6 /integrations/Acme HR/mapping/attributes/fullName: `);
    expect(refused.err).toContain('(at character 2)');
    expect(refused.err).toContain('Applied 1 of 3 changes');
    const tooOften = text.replace('a..b', 'a.b').replace('every: 24', 'cron: "* * * * *"');
    expect(await apply(tooOften, '--yes')).toMatchObject({
      code: 2,
      out: containing('✓ mapping of Acme HR\n✗ schedule of Acme HR\n'),
      err: containing(`${file}:7 /integrations/Acme HR/schedule/cron: `),
    });
    const corrected = await apply(text.replace('a..b', 'a.b'), '--yes');
    expect(corrected.out.match(/^✓ .*/gm)).toEqual(['✓ schedule of Acme HR']);
  });

  it.each([
    [
      'an integration',
      async () =>
        api.json('PATCH', `${base()}/integrations/${acme.integration}`, {
          body: { onLeavingScope: 'keep' },
          headers: { 'if-match': '"1"' },
        }),
      'integrations: { Acme HR: { config: { pageSize: 7 } } }',
    ],
    [
      'the schedule of an integration',
      async () =>
        api.json('PATCH', `${base()}/integrations/${acme.integration}`, {
          body: { schedule: { mode: 'dry', every: 3 } },
          headers: { 'if-match': '"1"' },
        }),
      'integrations: { Acme HR: { schedule: { mode: dry, every: 6 } } }',
    ],
    [
      'a mapping',
      async () => {
        const body = { attributes: { fullName: 'name', email: 'mail' } };
        await api.json('POST', `${base()}/integrations/${acme.integration}/mappings`, { body });
        await api.json('POST', `${base()}/integrations/${acme.integration}/mappings/2/activate`);
      },
      'integrations: { Acme HR: { mapping: { attributes: { fullName: n, email: m } } } }',
    ],
    [
      'an attribute',
      async () => api.json('PUT', `${base()}/attributes/title`, { body: { type: 'string', label: 'Rank' } }),
      'attributes: { title: { label: Job } }',
    ],
    [
      'a tenant',
      async () => api.json('PATCH', base(), { body: { timeZone: 'Asia/Kolkata' }, headers: { 'if-match': '"1"' } }),
      'tenant: { timeZone: UTC, deprovisioningDelayDays: 9 }',
    ],
  ])('is refused %s that somebody else changes meanwhile', async (_what, change, text) => {
    writeFileSync(file, text);
    const answer = async () => {
      await change();
      return 'yes';
    };
    const before = await muster('export');
    const { code, out, err } = await musterWith({ answer }, 'apply', '-f', file);
    expect({ code, marks: out.match(/^[✓✗–]/gm) }).toEqual({ code: 6, marks: ['✗'] });
    expect(err).toMatch(/Somebody else (has )?changed/);
    expect(err).toContain('Applied 0 of 1 change');
    expect(before.out).not.toBe((await muster('export')).out);
  });

  it('speaks to programs: no question, every change and how far it came', async () => {
    writeFileSync(file, edited);
    const planned = await musterWith({ answer: async () => 'y' }, 'apply', '-f', file, '--json');
    expect(planned.code).toBe(8);
    expect(JSON.parse(planned.out)).toMatchObject({ changes: Array(5).fill({ state: 'planned', tenant: 'Acme' }) });
    expect(JSON.parse(planned.err)).toMatchObject({ error: containing('Nothing was applied') });
    const applied = await muster('apply', '-f', file, '--json', '--yes');
    expect(JSON.parse(applied.out)).toMatchObject({
      changes: [
        {
          kind: 'tenant',
          name: 'Acme',
          action: 'update',
          state: 'applied',
          fields: [{ field: 'deprovisioningDelayDays', before: 7, after: 9 }],
        },
        { kind: 'attribute', action: 'create', state: 'applied' },
        { kind: 'integration', state: 'applied' },
        { kind: 'mapping', state: 'applied' },
        { kind: 'schedule', action: 'create', state: 'applied' },
      ],
    });
    expect(JSON.parse((await muster('apply', '-f', file, '--json')).out)).toEqual({ changes: [] });
  });

  it('tells what is wrong with a file before it changes anything', async () => {
    expect(await muster('apply', '-f', `${file}.nosuch`)).toMatchObject({ code: 2, err: containing('ENOENT') });
    expect(await muster('apply')).toMatchObject({ code: 2, err: containing('--file') });
    const wrong = await apply('integrations: { Acme HR: { connectorId: x }, B: { connectorId: y } }', '--yes');
    expect(wrong).toMatchObject({ code: 2, out: '', err: containing('has 2 mistakes. Nothing was applied.') });
    expect(await musterWith({ key: acme.viewerKey }, 'apply', '-f', file, '--dry-run')).toMatchObject({ code: 2 });
  });
});
