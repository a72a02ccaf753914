import { encodeCursor } from '../../http/page.js';
import { story } from './story.js';
import type { SubjectExamples } from './subject-examples.js';

const token = {
  id: story.scim.token,
  label: 'Okta, from June 2026',
  createdAt: '2026-06-01T07:30:00.000Z',
  lastUsedAt: '2026-06-02T09:14:00.000Z',
};

const client = { tokenId: token.id, label: token.label };

/** Okta looks somebody up, and then is told that there is such a person already. */
const lookedUp = {
  id: '0mpw7k3wz41d8e07b35c6',
  at: '2026-06-02T09:13:50.871Z',
  client,
  method: 'GET',
  path: '/Users?filter=userName eq "…"&startIndex=1&count=100',
  status: 200,
  detail: null,
  resourceId: null,
  bulkRequestId: null,
  syncId: null,
};
const refused = {
  ...lookedUp,
  id: story.scim.request,
  at: '2026-06-02T09:13:50.912Z',
  method: 'POST',
  path: '/Users',
  status: 409,
  detail: 'Another user of this integration has this userName.',
};
const created = {
  ...lookedUp,
  id: '0mpw7k4087b9e6f10c2d3',
  at: '2026-06-02T09:13:51.016Z',
  method: 'POST',
  path: '/Users',
  status: 201,
  resourceId: story.scim.user,
  syncId: story.scim.pushes.newest,
};

const text = JSON.stringify({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
  userName: 'mara.keller@acme.example',
  active: true,
});
const refusedWhole = { ...refused, body: { text, bytes: Buffer.byteLength(text), note: null } };

export const scimExamples: SubjectExamples = {
  schemas: { ScimRequest: [created, refused], ScimRequestWithBody: [refusedWhole], ScimToken: [token] },
  answers: {
    'GET /v1/tenants/{tenant}/integrations/{integration}/scim-requests': {
      items: [created, refused, lookedUp],
      nextCursor: encodeCursor(lookedUp.id),
    },
    'GET /v1/tenants/{tenant}/integrations/{integration}/scim-requests/{scimRequest}': refusedWhole,
    'GET /v1/tenants/{tenant}/integrations/{integration}/scim-tokens': { items: [token] },
    'POST /v1/tenants/{tenant}/integrations/{integration}/scim-tokens': {
      ...token,
      lastUsedAt: null,
      token: 'mus_scim_the-token-itself-which-is-shown-this-once',
    },
  },
};
