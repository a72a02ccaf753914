import { z } from 'zod';

/** Any JSON. */
export const jsonValue = z.json().meta({ id: 'JsonValue' });

/** One line of text for people: trimmed, without control characters or broken surrogates. */
export function line(maxLength: number) {
  return z
    .string()
    .min(1)
    .max(maxLength)
    .refine((text) => text.trim() !== '', 'Some text is expected.')
    .refine(
      (text) => text.isWellFormed() && !/\p{Cc}/u.test(text.trim()),
      'Text without control characters is expected.',
    )
    .trim();
}

/** Some text of a person, several lines allowed. */
export function text(maxLength: number) {
  return z
    .string()
    .trim()
    .max(maxLength)
    .refine(
      (value) => value.isWellFormed() && !/[^\P{Cc}\n\t]/u.test(value),
      'Text without control characters is expected.',
    );
}

/** At most 64 characters before the @ (RFC 5321 §4.5.3.1.1). */
const emailAddress = z
  .email()
  .max(254)
  .refine((address) => address.lastIndexOf('@') <= 64, 'At most 64 characters are expected before the @.');

/** E-mail addresses of people who are told of something. */
export function contactList(whose: string) {
  return z.array(emailAddress).max(20).describe(`E-mail addresses of those who ${whose}, at most 20.`);
}

/** An instant (RFC 3339), in whatever zone it was given; UTC here. */
export const instant = z.iso
  .datetime({ offset: true })
  .transform((given) => new Date(given).toISOString())
  .meta({ openapi: { type: 'string', format: 'date-time' } });

/** A time zone that this system knows, by its IANA name. */
export const timeZone = z
  .string()
  .max(64)
  .refine(isTimeZone, 'An IANA time zone is expected, such as Europe/Berlin.')
  .meta({ openapi: { type: 'string', format: 'time-zone' } });

/** `true` or `false` in a query. */
export const flag = z.enum(['true', 'false']).transform((word) => word === 'true');

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
