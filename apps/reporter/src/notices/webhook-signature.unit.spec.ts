import { expect, it } from 'vitest';
import { Webhook } from 'standardwebhooks';
import { newWebhookSecret, signedHeaders } from './webhook-signature.js';

const body = '{"type":"sync.failed","text":"Größe – 5"}';

it('is what a receiver of Standard Webhooks verifies, for every secret', () => {
  for (let round = 0; round < 20; round += 1) {
    const secret = newWebhookSecret();
    const headers = signedHeaders(secret, { id: 'ntc_1', body, nowMs: Date.now() });
    expect(new Webhook(secret).verify(body, headers)).toEqual(JSON.parse(body));
    expect(() => new Webhook(secret).verify(`${body} `, headers)).toThrow('No matching signature');
    expect(() => new Webhook(newWebhookSecret()).verify(body, headers)).toThrow('No matching signature');
  }
});

it('is the one that the specification gives as its example', () => {
  const headers = signedHeaders('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', {
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    body: '{"test": 2432232314}',
    nowMs: 1_614_265_330_000,
  });
  expect(headers['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
});

it('has a secret of 32 bytes', () => {
  expect(Buffer.from(newWebhookSecret().replace('whsec_', ''), 'base64')).toHaveLength(32);
});
