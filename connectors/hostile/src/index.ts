export { hostile, hostile as default } from './hostile.connector.js';
export { hostileModes, type HostileMode } from './hostile.modes.js';
