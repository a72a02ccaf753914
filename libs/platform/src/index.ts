export { AesSecretBox } from './aes-secret-box.js';
export { PlatformModule, type PlatformOverrides } from './platform.module.js';
