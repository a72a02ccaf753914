export { AesSecretBox } from './aes-secret-box.js';
export { createMuster, type Muster, type MusterParts } from './create-muster.js';
export { PlatformModule, type PlatformOverrides } from './platform.module.js';
export { RetentionModule } from './retention.module.js';
export { runMuster } from './run-muster.js';
export { runRole } from './run-role.js';
