export { scim } from './scim.connector.js';
