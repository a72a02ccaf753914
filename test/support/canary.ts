/** Part of every value that the people of tests have, and of nothing else: where it is seen, something of them is. */
export const canary = 'kanari';

/** A value of a person with the canary in it; an address stays one. */
export function marked(text: string): string {
  return text.includes('@') ? text.replace('@', `-${canary}@`) : `${text}-${canary}`;
}
