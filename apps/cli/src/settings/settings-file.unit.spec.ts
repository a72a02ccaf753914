import { describe, expect, it } from 'vitest';
import { CliError } from '../cli.errors.js';
import { parseSettings } from './settings-file.js';

function mistakesOf(text: string): readonly string[] {
  try {
    parseSettings(text, 'acme.yaml');
  } catch (error) {
    if (error instanceof CliError) return [error.message, ...error.next];
    throw error;
  }
  return [];
}

describe('parseSettings', () => {
  it('takes YAML and JSON, one tenant or several', () => {
    const several = [
      'tenant: {name: A}\n---\ntenant: {name: B}\n---\n',
      '- tenant: {name: A}\n- tenant: {name: B}\n',
      '[{"tenant": {"name": "A"}}, {"tenant": {"name": "B"}}]',
    ];
    for (const text of several) {
      expect(parseSettings(text, 'f').map(({ settings }) => settings.tenant?.name)).toEqual(['A', 'B']);
    }
    expect(parseSettings('{"attributes": {}}', 'f')[0]?.settings).toEqual({ attributes: {} });
  });

  it('names every mistake by line and path, and no value', () => {
    const text = `tenant: { zone: UTC }
attributes:
  costCentre: { type: string }
integrations:
  Acme HR:
    secrets:
      clientSecret: hunter2
    schedule: { mode: live, every: 5 }
    safeguards: { failures: 7 }
    mapping: {}
  " x": {}
`;
    expect(mistakesOf(text)).toEqual([
      'acme.yaml has 7 mistakes. Nothing was applied.',
      expect.stringMatching(/^acme.yaml:1 \/tenant\/zone: It is not known here.* Known are name, timeZone/),
      expect.stringMatching(/^acme.yaml:3 \/attributes\/costCentre: .*custom\.<name>/),
      expect.stringMatching(/^acme.yaml:7 \/integrations\/Acme HR\/secrets\/clientSecret: .*\{fromEnv: NAME\}/),
      'acme.yaml:8 /integrations/Acme HR/schedule/every: One of 24, 12, 6, 3 is expected.',
      expect.stringMatching(/^acme.yaml:9 \/integrations\/Acme HR\/safeguards\/failures: Too big/),
      'acme.yaml:10 /integrations/Acme HR/mapping/attributes: It is missing.',
      expect.stringMatching(/^acme.yaml:11 \/integrations\/ x: A name is/),
    ]);
  });

  it('finds the place behind an alias, in a list, and of a name with a slash', () => {
    const text = `- integrations:
    A:
      safeguards: &strict
        failures: 0.1
        whole: 1
- integrations:
    B/C: { safeguards: *strict }
`;
    expect(mistakesOf(text).slice(1)).toEqual([
      expect.stringContaining('acme.yaml:5 /0/integrations/A/safeguards/whole: '),
      expect.stringContaining('acme.yaml:5 /1/integrations/B~1C/safeguards/whole: '),
    ]);
  });

  it('says where a file is no YAML, and that one holds nothing', () => {
    expect(mistakesOf('tenant:\n  name: A\n  name: B\nattributes: [')).toEqual([
      'acme.yaml has 2 mistakes. Nothing was applied.',
      'acme.yaml:3:3: Map keys must be unique',
      expect.stringMatching(/^acme.yaml:4:\d+: Flow sequence/),
    ]);
    expect(mistakesOf('# nothing\n')[0]).toBe('acme.yaml holds no settings.');
    expect(mistakesOf('just text')[1]).toBe('acme.yaml:1: Expected object, received string.');
  });

  it('wants either hours or a cron expression, and a time zone with the latter only', () => {
    const schedule = (text: string) => mistakesOf(`integrations: {A: {schedule: ${text}}}`).slice(1);
    expect(schedule('null')).toEqual([]);
    expect(schedule('{mode: dry, cron: 0 6 * * *, timeZone: Europe/Berlin}')).toEqual([]);
    expect(schedule('{mode: dry}')).toEqual([expect.stringContaining('exactly one of every and cron')]);
    expect(schedule('{mode: dry, every: 6, timeZone: UTC}')).toEqual([
      expect.stringContaining('/schedule/timeZone: A time zone goes with cron'),
    ]);
  });
});
