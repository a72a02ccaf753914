export { KafkaMessageBus } from './kafka-message-bus.js';
export type { KafkaSettings } from './kafka-settings.js';
