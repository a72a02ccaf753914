import type { RoleName, TopicName } from './messages.js';

/** The stages through which people pass, in order: which role consumes which topic. Their messages are pages or slices. */
export const dataStages = [
  'mapper/raw-records',
  'reconciler/mapped-users',
  'reporter/outcomes',
  'reconciler/apply-slices',
] as const;
export type DataStageName = (typeof dataStages)[number];

/** Every stage: those, and the ones that only wake a role. */
export const stageNames = [
  ...dataStages,
  'fetcher/sync-commands',
  'reconciler/sync-commands',
  'reporter/sync-commands',
] as const;
export type StageName = (typeof stageNames)[number];

/**
 * The name of the stage in which a role consumes a topic.
 *
 * @throws RangeError when that role consumes no such topic
 */
export function stageName(group: RoleName, topic: TopicName): StageName {
  const name = stageNames.find((known) => known === `${group}/${topic}`);
  if (name === undefined) throw new RangeError(`there is no stage ${group}/${topic}: it must be listed in core`);
  return name;
}

/** The role and the topic of a stage. */
export function partsOfStage(name: StageName): { group: RoleName; topic: TopicName } {
  const [group, topic] = name.split('/') as [RoleName, TopicName];
  return { group, topic };
}
