import type { Type } from '@nestjs/common';
import { MODULE_METADATA } from '@nestjs/common/constants.js';
import type { EndpointSpec } from '../http/endpoint.js';
import { endpointsOf } from '../http/endpoints-of.js';
import { RestModule } from '../rest.module.js';

/** All endpoints of the REST API, without a server. */
export function restEndpoints(): EndpointSpec[] {
  return endpointsOf(Reflect.getMetadata(MODULE_METADATA.CONTROLLERS, RestModule) as Type[]);
}
