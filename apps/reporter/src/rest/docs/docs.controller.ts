import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Controller } from '@nestjs/common';
import { Answer } from '../http/answer.js';
import { defineEndpoint, Endpoint, type InputOf } from '../http/endpoint.js';
import { notFound } from '../http/problem.errors.js';

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Muster API</title>
<link rel="stylesheet" href="/docs/swagger-ui.css">
<link rel="icon" type="image/png" href="/docs/favicon-32x32.png">
</head>
<body>
<div id="swagger-ui"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/explorer.js"></script>
</body>
</html>
`;

const script = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#swagger-ui', deepLinking: true, docExpansion: 'none', persistAuthorization: false, tryItOutEnabled: true, validatorUrl: null });
`;

/** What the explorer is made of; nothing else is served. */
const mediaTypes: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'favicon-32x32.png': 'image/png',
};

/** The explorer draws its icons from data URIs and sets styles itself; everything comes from this server. */
const contentSecurityPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'";

const getExplorer = defineEndpoint({
  method: 'GET',
  path: '/docs',
  role: null,
  summary: 'The API explorer',
  mediaType: 'text/html; charset=utf-8',
});

const getFile = defineEndpoint({
  method: 'GET',
  path: '/docs/{file}',
  role: null,
  summary: 'A file of the API explorer',
  mediaType: '*/*',
});

@Controller()
export class DocsController {
  private readonly folder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

  @Endpoint(getExplorer)
  async explorer(): Promise<Answer<string>> {
    return new Answer(page, { headers: { 'content-security-policy': contentSecurityPolicy } });
  }

  @Endpoint(getFile)
  async file({ params: { file } }: InputOf<typeof getFile>): Promise<Answer<string | Uint8Array>> {
    if (file === 'explorer.js') return new Answer(script, { headers: headers('text/javascript; charset=utf-8') });
    const mediaType = Object.hasOwn(mediaTypes, file) ? mediaTypes[file] : undefined;
    if (mediaType === undefined) throw notFound();
    return new Answer(await readFile(join(this.folder, file)), { headers: headers(mediaType) });
  }
}

function headers(mediaType: string): Record<string, string> {
  return { 'content-type': mediaType, 'cache-control': 'public, max-age=3600' };
}
