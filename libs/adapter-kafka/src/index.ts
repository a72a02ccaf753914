export { KafkaMessageBus } from './kafka-message-bus.js';
export type { KafkaSettings } from './kafka-settings.js';
export type { ValueStore } from './large-values.js';
