export type { JsonValue } from '#core';
