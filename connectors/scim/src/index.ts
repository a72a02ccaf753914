export { scim, scim as default } from './scim.connector.js';
