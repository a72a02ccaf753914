/** What this program reads of the JSON Schema of a connector's settings. */
export interface JsonSchema {
  properties?: Record<string, { type?: string; description?: string; default?: unknown }>;
  required?: string[];
}
