import { Injectable } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { endpointMetadata } from './endpoint-metadata.js';
import type { EndpointSpec } from './endpoint.js';

/** All endpoints of the application: what OpenAPI is generated from and tests walk over. */
@Injectable()
export class EndpointRegistry {
  private found: EndpointSpec[] | null = null;

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  /** In order of path, then method. */
  list(): EndpointSpec[] {
    this.found ??= this.discover();
    return this.found;
  }

  /** The methods that some endpoint at this address has; none when there is no such address. */
  methodsOf(path: string): string[] {
    const methods = this.list()
      .filter((spec) => pattern(spec.path).test(path))
      .map(({ method }) => method);
    return [...new Set(methods)];
  }

  private discover(): EndpointSpec[] {
    const specs: EndpointSpec[] = [];
    for (const { metatype } of this.discovery.getControllers()) {
      const prototype = metatype?.prototype as object | undefined;
      if (prototype === undefined) continue;
      for (const name of this.scanner.getAllMethodNames(prototype)) {
        const method = (prototype as Record<string, unknown>)[name];
        if (typeof method !== 'function') continue;
        const spec = Reflect.getMetadata(endpointMetadata, method) as EndpointSpec | undefined;
        if (spec !== undefined) specs.push(spec);
      }
    }
    return specs.toSorted((a, b) => compare(a.path, b.path) || compare(a.method, b.method));
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function pattern(path: string): RegExp {
  return new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{[^}]*\}/g, '[^/]+')}/?$`);
}
