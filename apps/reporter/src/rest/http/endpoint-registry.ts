import { Injectable, type Type } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { EndpointSpec } from './endpoint.js';
import { endpointsOf } from './endpoints-of.js';

/** All endpoints of the application: what OpenAPI is generated from and tests walk over. */
@Injectable()
export class EndpointRegistry {
  private found: EndpointSpec[] | null = null;
  private addresses: { method: string; pattern: RegExp }[] | null = null;

  constructor(private readonly discovery: DiscoveryService) {}

  /** In order of path, then method. */
  list(): EndpointSpec[] {
    this.found ??= endpointsOf(this.discovery.getControllers().map(({ metatype }) => metatype as Type));
    return this.found;
  }

  /** The methods that some endpoint at this address has; none when there is no such address. */
  methodsOf(path: string): string[] {
    this.addresses ??= this.list().map(({ method, path: template }) => ({ method, pattern: patternOf(template) }));
    const methods = this.addresses.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method);
    return [...new Set(methods)];
  }
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{[^}]*\}/g, '[^/]+')}/?$`);
}
