import type { SyncId } from '#core';
import { declareCollection } from './collection.js';

export interface ConnectorStateDocument {
  /** tenant:integration */
  _id: string;
  generation: number;
  syncId: SyncId;
  /** JSON. */
  state: string;
}

export const connectorStates = declareCollection<ConnectorStateDocument>('connectorStates', {
  _id: String,
  generation: Number,
  syncId: String,
  state: String,
});
