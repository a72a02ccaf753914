/**
 * Where a JSON text nests deeper than it may (0-based offset); null when it does not. Read before parsing: what is parsed is
 * walked by functions that call themselves.
 */
export function jsonTooDeepAt(text: string, maxDepth: number): number | null {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text[index];
    if (inString) {
      if (unit === '\\') index += 1;
      else if (unit === '"') inString = false;
    } else if (unit === '"') {
      inString = true;
    } else if (unit === '[' || unit === '{') {
      depth += 1;
      if (depth > maxDepth) return index;
    } else if (unit === ']' || unit === '}') {
      depth -= 1;
    }
  }
  return null;
}
