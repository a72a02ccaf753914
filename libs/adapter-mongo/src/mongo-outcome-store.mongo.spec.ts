import { describe, expect, it } from 'vitest';
import { newId } from '#core';
import { buildOutcomeRow, buildPlannedPage, buildSync, describeOutcomeStoreContract, mongoSubjects } from '#testing';
import { MongoOutcomeStore } from './mongo-outcome-store.js';
import { MongoSyncStore } from './mongo-sync-store.js';
import { outcomeTexts } from './schemas/outcomes.js';

const subjectOf = mongoSubjects();

describeOutcomeStoreContract('MongoDB', () =>
  subjectOf((connection) => ({
    outcomes: new MongoOutcomeStore(connection),
    syncs: new MongoSyncStore(connection),
  })),
);

describe('pages of older versions', () => {
  it('are searched with a filter as well', async () => {
    const subject = await subjectOf((connection) => ({
      connection,
      outcomes: new MongoOutcomeStore(connection),
      syncs: new MongoSyncStore(connection),
    }));
    const { connection, outcomes, syncs } = subject.port;
    const [tenantId, integrationId] = [newId('tenant'), newId('integration')];
    const sync = buildSync(tenantId, integrationId);
    await syncs.queue(sync);
    const rows = Array.from({ length: 20 }, (_, seq) =>
      buildOutcomeRow(sync.id, seq, { label: 'Al', ...(seq % 3 === 0 ? { outcome: 'failed' } : {}) }),
    );
    await outcomes.insertPlanned(buildPlannedPage({ tenantId, integrationId, syncId: sync.id }, 0, 0, { rows }));
    await connection.collection(outcomeTexts).updateMany({}, { $unset: { kinds: '', kindOf: '' } });
    const find = async (outcome: 'created' | 'failed') =>
      (await outcomes.find(tenantId, sync.id, [{ outcome }], 'al', -1, 20)).rows.map(({ seq }) => seq % 3);
    expect(await find('failed')).toEqual([0, 0, 0, 0, 0, 0, 0]);
    expect(await find('created')).toEqual([1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]);
    await subject.dispose();
  });
});
