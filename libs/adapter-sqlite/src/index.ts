export { isUniqueViolation } from './translate-error.js';
export { SqliteDatabase, type Durability } from './sqlite-database.js';
