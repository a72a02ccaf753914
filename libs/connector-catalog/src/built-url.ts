/** Where `dist` is, which a plain Node can import from; tests run this file from the source. */
const dist = new URL(import.meta.url.endsWith('.ts') ? '../../../dist/' : '../../../', import.meta.url);

/** The `file:` URL of a built module. @param path below `dist`: `connectors/acme-hr/src/index.js` */
export function builtUrl(path: string): string {
  return new URL(path, dist).href;
}
