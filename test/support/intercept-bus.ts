import {
  decodeMessage,
  type EncodedMessage,
  type MessageBus,
  topicAddress,
  type TopicBodies,
  type TopicName,
} from '#core';

/**
 * Looks at every message of a topic before it goes out. `see` may do something first; what it answers `false` to is lost.
 * Gives the function that ends this.
 */
export function interceptBus<Topic extends TopicName>(
  bus: MessageBus,
  topic: Topic,
  see: (body: TopicBodies[Topic]) => Promise<boolean> | boolean,
): () => void {
  const publish = bus.publish.bind(bus);
  const addresses = new Set([topicAddress(topic, 'bulk'), topicAddress(topic, 'quick')]);
  bus.publish = async (address, messages) => {
    if (!addresses.has(address)) return publish(address, messages);
    const passing: EncodedMessage[] = [];
    for (const message of messages) {
      if (await see(decodeMessage(topic, message.headers, message.value))) passing.push(message);
    }
    if (passing.length > 0) await publish(address, passing);
  };
  return () => {
    bus.publish = publish;
  };
}
