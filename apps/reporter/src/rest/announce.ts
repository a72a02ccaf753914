import type { MusterConfig } from '#config';

/** What whoever started it is told: where the API is, and where people's data lie. */
export function announce({ publicUrl, engine, dataDir }: MusterConfig, url: string): string {
  const address = publicUrl ?? url;
  return `
Muster is ready.

  API           ${address}/v1
  API explorer  ${address}/docs
  Data          ${engine === 'embedded' ? dataDir : 'MongoDB and Kafka'}

Stop it with Ctrl+C.
`;
}
