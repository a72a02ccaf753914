import type { LogLevel } from './settings.js';

/** The settings of this process, checked. Made by `loadConfig`; a class so that it can be injected by its token. */
export abstract class MusterConfig {
  abstract readonly engine: 'embedded';
  /** 0: any free port. */
  abstract readonly port: number;
  abstract readonly host: string;
  /** Absolute path. */
  abstract readonly dataDir: string;
  /** The first operator key, when it is given rather than made. */
  abstract readonly adminKey: string | null;
  /** 32 bytes; null: kept in the data directory, see `readMasterKey`. */
  abstract readonly masterKey: Uint8Array | null;
  abstract readonly logLevel: LogLevel;
  /** Where people and sources reach Muster, without a slash at its end; null: by host and port. */
  abstract readonly publicUrl: string | null;
  /** Worker threads of the mapper; 0: it works in the main thread. */
  abstract readonly mapperThreads: number;
  abstract readonly retention: RetentionDays;
  /** How long planning may stand still before missing pages are published again. */
  abstract readonly planningStallSeconds: number;
}

/** How many days after its end a sync's data is kept; held plans and the newest complete snapshots always are. */
export interface RetentionDays {
  readonly snapshots: number;
  /** Packed rows: the unchanged people of each sync. */
  readonly packed: number;
  readonly outcomes: number;
}
