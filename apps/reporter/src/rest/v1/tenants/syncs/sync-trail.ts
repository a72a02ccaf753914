import { Injectable } from '@nestjs/common';
import { type IntegrationId, type SyncId, type SyncOutline, SyncStore, type TenantId } from '#core';

/** Outlines read at first, and then in one go. */
const outlinesAtFirst = 50;
const outlinesPerRead = 500;
/** Syncs of so many records at most are searched many at once, and so many records. */
const fewRecords = 500;
const recordsPerStep = 20_000;

/** Syncs that are searched at once: one of many records, or several of few. */
export interface TrailStep {
  /** Newest first. */
  syncs: SyncOutline[];
  records: number;
  isLarge: boolean;
}

/** The syncs of an integration, as those walk along them who look back for somebody. */
@Injectable()
export class SyncTrail {
  constructor(private readonly syncs: SyncStore) {}

  /** From the newest one, or the one before `after`, to the one that is the `wholes`th of those that read all of their source. */
  async *back(
    tenantId: TenantId,
    integrationId: IntegrationId,
    after: SyncId | null,
    wholes = Infinity,
  ): AsyncGenerator<TrailStep> {
    let from = after;
    let left = wholes;
    for (let limit = outlinesAtFirst; left > 0; limit = outlinesPerRead) {
      const outlines = await this.syncs.outlines(tenantId, integrationId, from, limit);
      const taken: SyncOutline[] = [];
      for (const outline of outlines) {
        if (left <= 0) break;
        if (outline.isWhole) left -= 1;
        if (outline.state !== 'queued' && outline.state !== 'fetching') taken.push(outline);
      }
      yield* stepsOf(taken);
      from = outlines.at(-1)?.id ?? null;
      if (outlines.length < limit) return;
    }
  }
}

function* stepsOf(outlines: readonly SyncOutline[]): Generator<TrailStep> {
  let step: TrailStep = { syncs: [], records: 0, isLarge: false };
  for (const outline of outlines) {
    const isLarge = outline.records > fewRecords;
    if (step.syncs.length > 0 && (isLarge || step.isLarge || step.records + outline.records > recordsPerStep)) {
      yield step;
      step = { syncs: [], records: 0, isLarge };
    }
    step.syncs.push(outline);
    step.records += outline.records;
    step.isLarge = isLarge;
  }
  if (step.syncs.length > 0) yield step;
}
