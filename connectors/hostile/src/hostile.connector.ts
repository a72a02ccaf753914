import { defineConnector, z } from '#connector-sdk';
import { type HostileMode, hostileModes, readHostile } from './hostile.modes.js';

/**
 * A connector that does, on purpose, what connectors do by mistake. It does not come with Muster: tests name it in
 * MUSTER_CONNECTORS to see what its mistakes are kept from.
 */
export const hostile = defineConnector({
  id: 'hostile',
  title: 'Hostile',
  description: 'Does on purpose what connectors do by mistake.',
  capabilities: { full: true, person: true, delta: false, resume: false, wholeness: 'endMarker' },
  config: z.object({
    mode: z
      .enum(Object.keys(hostileModes) as [HostileMode, ...HostileMode[]])
      .describe('What it does instead of reading people'),
    address: z.string().default('').describe('Where modes connect that do'),
  }),
  secrets: z.object({ token: z.string().optional().describe('Goes nowhere') }),
  decoder: 'json',
  sourceIdExpression: 'id',
  defaultMapping: { attributes: { fullName: 'name', email: 'mail', employeeId: 'id' } },
  async *check({ config, ...context }) {
    yield { step: 'configuration', ok: true, message: 'It is as it is.' };
    while (config.mode === 'neverEnds') yield { step: 'connect', ok: true, message: 'It connects again.' };
    const first = await readHostile(config.mode, { ...context, address: config.address }).next();
    yield { step: 'sample', ok: first.done !== true, message: 'It yielded something.' };
  },
  fetch: ({ config, ...context }) => readHostile(config.mode, { ...context, address: config.address }),
  async commit({ config, ...context }) {
    if (config.mode === 'healthy') return;
    const reading = readHostile(config.mode, { ...context, address: config.address });
    while ((await reading.next()).done !== true);
  },
});
