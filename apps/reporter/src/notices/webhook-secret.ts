import { ConfigurationError, type SecretBox, type TenantId } from '#core';

/** Seals what a webhook's notices are signed with. */
export function sealWebhookSecret(box: SecretBox, tenantId: TenantId, secret: string): string {
  return box.seal(tenantId, { secret });
}

/** @throws ConfigurationError `masterKeyWrong` when it was sealed under another master key, or is none */
export function openWebhookSecret(box: SecretBox, tenantId: TenantId, sealed: string): string {
  const { secret } = box.open(tenantId, sealed);
  if (typeof secret === 'string') return secret;
  throw new ConfigurationError('masterKeyWrong', 'What was sealed for a webhook holds no secret.');
}
