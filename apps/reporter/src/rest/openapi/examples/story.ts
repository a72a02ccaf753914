import { createdUserId, type IntegrationId, outcomeId, type SyncId, type TenantId } from '#core';

const first = 'syn_2r6f0yq4w8n1zj5b' as SyncId;
const live = 'syn_b9t3h7k1m5x0vd4s' as SyncId;
const dry = 'syn_6c1g8p4z0r7wn3eq' as SyncId;
const impact = 'syn_j0s5y2d8f6v3mt9h' as SyncId;

/**
 * What all examples of the OpenAPI document are about, so that an id in one of them leads to another. Made up: Acme's
 * 412 workers were read for the first time on 4 May 2026, dry, and that plan was approved. Since then a live sync runs each
 * morning. On 11 May the source left out 46 people by mistake: their removal was held, and rejected after a dry sync had
 * shown them again.
 */
export const story = {
  tenant: 'ten_7m3kq9x2v5c8r1td' as TenantId,
  integration: 'int_p5v9c3x7m1qk8d2r' as IntegrationId,
  connector: 'acme-hr',
  check: 'chk_5f0c2b7e9d1a4638b6e04c7a19d2f385',
  request: 'req_k3w8v1n5z7q0t9xd',
  webhook: 'whk_q2x8c5v1m7z4t0kd',
  notice: 'ntc_6t1z9k4w3x8v5qmd',
  operatorKey: 'key_7v0c3m9x1k5tz8dq',
  adminKey: 'key_4hz8w2n6p0sjb3ye',
  viewerKey: 'key_9dq1m5v7t3xkc0rf',
  /** Since June a second integration, to which Okta pushes people. */
  scim: {
    integration: 'int_c8k2w6r0d4n9mzs5' as IntegrationId,
    token: 'sct_1v7h3b9q5x0tkg6p',
    request: '0mpw7k3xs9f2c41b7ae08',
    user: 'scm_2b9d5f7k0m4q8t1x',
    pushes: { first: 'syn_0k6f4x8m2v9b7tqd', newest: 'syn_5g1s9p3j7w0r6hzc' },
  },
  /** The version that all syncs used, and one that is being tried. */
  mapping: { active: 2, draft: 3 },
  syncs: {
    /** 4 May: dry, then approved. */
    first,
    /** 11 May, by schedule: removals held. */
    live,
    /** 11 May, later: dry, everybody is there again. */
    dry,
    /** A replay with the mapping that is being tried. */
    impact,
    failedAgain: 'syn_w7k4n9c2e5q1zx8p',
    undo: 'syn_3m8r6t0h4b9jyg2v',
    change: 'syn_e1x7d5z3p9w2kc6n',
    deprovision: 'syn_t4q0v8s6g2h7fm1r',
    reactivate: 'syn_8y3b1j9n7k5pwd0c',
    ofMara: 'syn_n6d2u4x9c8t1rk5w',
  },
  /** Their place in each snapshot, their id at the source and in the directory. */
  people: {
    jonas: { seq: 1, sourceId: 'W0000002', userId: createdUserId(first, 1) },
    mara: { seq: 17, sourceId: 'W0000018', userId: createdUserId(first, 17) },
    /** Her e-mail address is none. */
    ines: { seq: 203, sourceId: 'W0000204', userId: null },
    /** One of the 46 whom the source left out; his removal stands behind all records of that snapshot. */
    tomas: { seq: 310, removal: 372, sourceId: 'W0000311', userId: createdUserId(first, 310) },
    /** Came with the live sync. */
    priya: { seq: 366, sourceId: 'W0000413', userId: createdUserId(live, 366) },
    /** Works for a vendor: out of scope by the mapping that is being tried. */
    oskar: { seq: 88, sourceId: 'W0000089', userId: createdUserId(first, 88) },
  },
  outcomes: {
    maraCreated: outcomeId(first, 17),
    maraUpdated: outcomeId(live, 17),
    inesFailed: outcomeId(live, 203),
    inesFailedDry: outcomeId(dry, 203),
    priyaCreated: outcomeId(live, 366),
    tomasRemoved: outcomeId(live, 372),
    oskarUnchanged: outcomeId(dry, 88),
    oskarOutOfScope: outcomeId(impact, 88),
  },
  planHash: {
    first: '6b86b273ff34fce19d6b804eff5a3f57',
    live: '47ada4eaa22f1d49c01e52ddb7875b4b',
    dry: 'd4735e3a265e16eee03f59718b9b5d03',
  },
  times: {
    connected: '2026-05-04T08:05:12.000Z',
    first: '2026-05-04T08:20:00.000Z',
    live: '2026-05-11T04:30:00.000Z',
    dry: '2026-05-11T08:05:00.000Z',
    later: '2026-05-11T09:12:30.000Z',
  },
} as const;
