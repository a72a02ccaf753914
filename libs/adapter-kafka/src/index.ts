export { KafkaMessageBus } from './kafka-message-bus.js';
export {
  type KafkaSasl,
  type KafkaSettings,
  type KafkaTls,
  type SaslMechanism,
  saslMechanisms,
} from './kafka-settings.js';
