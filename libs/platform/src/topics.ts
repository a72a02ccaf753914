import { lanes, topicAddress, type TopicName, topicPartitions } from '#core';

/**
 * Every topic address with its number of partitions.
 *
 * @param dataPartitions of each data topic; default: the registry's. Commands always keep to theirs.
 */
export function allTopics(dataPartitions?: number): { address: string; partitions: number }[] {
  const partitions = new Map<string, number>();
  for (const topic of Object.keys(topicPartitions) as TopicName[]) {
    const count = topic === 'sync-commands' ? topicPartitions[topic] : (dataPartitions ?? topicPartitions[topic]);
    for (const lane of lanes) partitions.set(topicAddress(topic, lane), count);
  }
  return [...partitions].map(([address, count]) => ({ address, partitions: count }));
}
