/** A version as ETags write it: weak, because the same resource can be shown in part (RFC 7644 §3.14). */
export function versionTag(version: number): string {
  return `W/"${String(version)}"`;
}

/** Whether If-Match or If-None-Match names this version: `*`, or one of a list, strong or weak. */
export function namesVersion(header: string, version: number): boolean {
  return header
    .split(',')
    .map((tag) => tag.trim())
    .some((tag) => tag === '*' || tag.replace(/^W\//i, '') === `"${String(version)}"`);
}
