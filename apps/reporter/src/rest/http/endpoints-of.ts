import type { Type } from '@nestjs/common';
import { MetadataScanner } from '@nestjs/core';
import { endpointMetadata } from './endpoint-metadata.js';
import type { EndpointSpec } from './endpoint.js';

/** What these controllers answer to, in order of path, then method. */
export function endpointsOf(controllers: readonly Type[]): EndpointSpec[] {
  const scanner = new MetadataScanner();
  const specs = controllers.flatMap(({ prototype }) =>
    scanner.getAllMethodNames(prototype as object).flatMap((name) => {
      const method = (prototype as Record<string, unknown>)[name];
      if (typeof method !== 'function') return [];
      return (Reflect.getMetadata(endpointMetadata, method) as EndpointSpec | undefined) ?? [];
    }),
  );
  return specs.toSorted((a, b) => compare(a.path, b.path) || compare(a.method, b.method));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
