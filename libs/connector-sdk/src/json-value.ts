/** Any value that JSON can carry. Cursors and connector state are of this type, so that they survive storage. */
export type JsonValue = null | boolean | number | string | JsonValue[] | { [key: string]: JsonValue };
