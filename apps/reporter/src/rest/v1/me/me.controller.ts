import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { defineEndpoint, Endpoint, type InputOf } from '../../http/endpoint.js';
import { apiKeyRole } from '../words.js';

const getMe = defineEndpoint({
  method: 'GET',
  path: '/v1/me',
  role: 'viewer',
  summary: 'Who this key is',
  response: z.object({
    keyId: z.string().describe('Its id, by which the audit calls it; not the key.'),
    label: z.string().describe('What it was called when it was made.'),
    role: apiKeyRole,
    tenantId: z.string().nullable().describe('Null for an operator, who sees all tenants.'),
  }),
});

@Controller()
export class MeController {
  @Endpoint(getMe)
  async read({ caller }: InputOf<typeof getMe>) {
    return { keyId: caller.keyId, label: caller.label, role: caller.role, tenantId: caller.tenantId };
  }
}
