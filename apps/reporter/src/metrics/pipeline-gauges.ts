import { Injectable } from '@nestjs/common';
import {
  dataStages,
  type DataStageName,
  type Lane,
  lanes,
  MessageBus,
  partsOfStage,
  type StageName,
  stageNames,
  topicAddress,
} from '#core';
import { Measurement, Metrics } from '#telemetry';
import { OpenWork, type OpenWorkFacts } from './open-work.js';

interface StageLag {
  stage: StageName;
  lane: Lane;
  messages: number;
}

/**
 * Lag and open syncs, asked of the bus and the store when `/metrics` is asked for, at most every five seconds. Every
 * stage is asked about here, so that a role that has no process at the moment is seen to be needed.
 */
@Injectable()
export class PipelineGauges {
  private readonly lags = new Measurement(async () => this.readLags());
  private readonly work: Measurement<OpenWorkFacts>;

  constructor(
    private readonly bus: MessageBus,
    open: OpenWork,
    private readonly metrics: Metrics,
  ) {
    this.work = new Measurement(async () => open.read());
    metrics.beforeExposition(async () => this.collect());
  }

  private async collect(): Promise<void> {
    const [lags, work] = await Promise.all([this.lags.facts(), this.work.facts()]);
    const { measured, openSyncs, stageLagMessages, stageLagPeople } = this.metrics;
    measured.set({ measurement: 'lag' }, lags === null ? 0 : 1);
    measured.set({ measurement: 'openSyncs' }, work === null ? 0 : 1);
    for (const gauge of [openSyncs, stageLagMessages, stageLagPeople]) gauge.reset();
    for (const { stage, lane, messages } of lags ?? []) {
      stageLagMessages.set({ stage, lane }, messages);
      if (isDataStage(stage) && (work !== null || messages === 0)) {
        stageLagPeople.set({ stage, lane }, people(messages, work?.peoplePerMessage[lane][stage] ?? 0));
      }
    }
    if (work === null) return;
    for (const [state, count] of Object.entries(work.byState)) {
      openSyncs.set({ state: state as keyof OpenWorkFacts['byState'] }, count);
    }
  }

  /** One question a stage and lane, all at once. */
  private async readLags(): Promise<StageLag[]> {
    const asked = stageNames.flatMap((stage) => lanesOf(stage).map((lane) => ({ stage, lane })));
    return Promise.all(
      asked.map(async ({ stage, lane }) => {
        const { group, topic } = partsOfStage(stage);
        return { stage, lane, messages: await this.bus.lag(topicAddress(topic, lane), group) };
      }),
    );
  }
}

/** Commands have one topic for both lanes. */
function lanesOf(stage: StageName): readonly Lane[] {
  return isDataStage(stage) ? lanes : ['bulk'];
}

function isDataStage(stage: StageName): stage is DataStageName {
  return dataStages.some((known) => known === stage);
}

/** Nobody waits in messages of syncs that have ended. Whoever does wait is at least one person a message. */
function people(messages: number, perMessage: number): number {
  return perMessage === 0 ? 0 : Math.round(messages * Math.max(1, perMessage));
}
