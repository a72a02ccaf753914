import { describe, expect, it } from 'vitest';
import { maskScimUrl } from './mask-scim-url.js';

describe('the address of a SCIM request, as it is kept', () => {
  it.each([
    ['/Users', '/Users'],
    ['/Users/scm_4h2k9w1z', '/Users/scm_4h2k9w1z'],
    ['/Users/ana@example.com', '/Users/…'],
    ['/Users/Ana', '/Users/…'],
    ['/ana@example.com/x', '/…/…'],
    ['/Groups/.search', '/Groups/.search'],
    ['/Schemas/urn:ietf:params:scim:schemas:core:2.0:User', '/Schemas/urn:ietf:params:scim:schemas:core:2.0:User'],
    ['/Users?startIndex=1&count=50&sortBy=name.familyName', '/Users?startIndex=1&count=50&sortBy=name.familyName'],
    ['/Users?attributes=ana%40example.com', '/Users?attributes=…'],
    ['/Users?ana=1', '/Users?…'],
    ['/Users?aadOptscim062020', '/Users?aadOptscim062020'],
    ['/Users?filter=userName%20eq%20%22ana%40example.com%22', '/Users?filter=userName eq "…"'],
    ['/Users?filter=emails[type+eq+"work"].value+eq+"a\\"b"', '/Users?filter=emails[type eq "…"].value eq "…"'],
    ['/Users?filter=cost+gt+12.5+and+active+eq+true', '/Users?filter=cost gt … and active eq true'],
    ['/Users?filter=userName+eq+ana', '/Users?filter=…'],
    ['/Users?filter=userName+eq+"ana', '/Users?filter=…'],
  ])('%s is kept as %s', (url, expected) => {
    expect(maskScimUrl(url)).toBe(expected);
  });
});
