/**
 * An address with these parameters, in the place of those that it has by the same names. All else of the query stays as it is
 * spelled, since sources sign it and compare it.
 */
export function withQuery(url: URL, parameters: Readonly<Record<string, string>>): URL {
  const added = Object.entries(parameters).map((pair) => pair.map(encodeURIComponent).join('='));
  if (added.length === 0) return url;
  const result = new URL(url);
  result.search = [...queryParts(url).filter((part) => !Object.hasOwn(parameters, nameOf(part))), ...added].join('&');
  return result;
}

/** An address without the parameters of these names. */
export function withoutQuery(url: URL, names: readonly string[]): URL {
  const result = new URL(url);
  result.search = queryParts(url)
    .filter((part) => !names.includes(nameOf(part)))
    .join('&');
  return result;
}

function queryParts({ search }: URL): string[] {
  return search.slice(1).split('&').filter(Boolean);
}

function nameOf(part: string): string {
  const [name = ''] = [...new URLSearchParams(part).keys()];
  return name;
}
