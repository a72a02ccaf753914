import { Controller } from '@nestjs/common';
import { defineEndpoint, Endpoint } from '../http/endpoint.js';
import { EndpointRegistry } from '../http/endpoint-registry.js';
import { openApiDocument } from './open-api-document.js';
import { apiVersion } from './api-version.js';

const getDocument = defineEndpoint({
  method: 'GET',
  path: '/openapi.json',
  role: null,
  summary: 'This API as OpenAPI 3.1',
  mediaType: 'application/json; charset=utf-8',
});

@Controller()
export class OpenApiController {
  private document: string | null = null;

  constructor(private readonly endpoints: EndpointRegistry) {}

  @Endpoint(getDocument)
  async read(): Promise<string> {
    this.document ??= JSON.stringify(openApiDocument(this.endpoints.list(), apiVersion));
    return this.document;
  }
}
