/**
 * The address of a report as JSON: `format=json` is put in the place of whatever format it asks for, in any spelling
 * (`Format=simplexml`, `%66ormat`), or added at the end. All other prompts stay as they are, byte for byte. A fragment is
 * no part of the address.
 */
export function jsonReportUrl(address: string): string {
  const [target = ''] = address.split('#', 1);
  const queryAt = target.indexOf('?');
  if (queryAt === -1 || queryAt === target.length - 1) return `${target.replace('?', '')}?format=json`;
  let isForced = false;
  const prompts = target
    .slice(queryAt + 1)
    .split('&')
    .flatMap((prompt) => {
      if (!isFormat(prompt)) return [prompt];
      if (isForced) return [];
      isForced = true;
      return ['format=json'];
    });
  if (!isForced) prompts.push('format=json');
  return `${target.slice(0, queryAt + 1)}${prompts.join('&')}`;
}

function isFormat(prompt: string): boolean {
  const [name = ''] = prompt.split('=', 1);
  try {
    return decodeURIComponent(name.replaceAll('+', ' ')).trim().toLowerCase() === 'format';
  } catch {
    return false;
  }
}
