import type { IncomingMessage, ServerResponse } from 'node:http';

export async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  sendBytes(response, status, [Buffer.from(JSON.stringify(value), 'utf8')]);
}

export function sendBytes(
  response: ServerResponse,
  status: number,
  parts: readonly Buffer[],
  headers: Record<string, string> = {},
): void {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(length),
    ...headers,
  });
  parts.slice(0, -1).forEach((part) => response.write(part));
  response.end(parts.at(-1));
}
