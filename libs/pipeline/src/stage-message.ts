import type { Lane, RoleName, TopicBodies, TopicName } from '#core';

/** A message as a stage gets it: decoded, with the lane on which it came and to which its results belong. */
export interface StageMessage<Topic extends TopicName> {
  body: TopicBodies[Topic];
  lane: Lane;
}

export interface StageOptions {
  /** The role that consumes: instances of one role share the messages, each role gets them all. */
  group: RoleName;
  /** How many messages one call may hold. Default 8. */
  maxBatch?: number;
}
