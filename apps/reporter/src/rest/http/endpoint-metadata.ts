/** Where a handler carries its endpoint's declaration. */
export const endpointMetadata = Symbol('endpoint');
