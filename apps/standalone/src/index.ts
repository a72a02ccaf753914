export { createStandalone, type Standalone } from './create-standalone.js';
export { standaloneParts } from './standalone-parts.js';
