export * from './compile-filter.js';
export * from './field-order.js';
export * from './filter.js';
export * from './filter-tokens.js';
export * from './narrow-filter.js';
export * from './parse-filter.js';
export * from './user-field.js';
