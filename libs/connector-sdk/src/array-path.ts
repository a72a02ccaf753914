/** Where in a body the array of its records is. */
export type ArrayPlace =
  | {
      /** The top-level key that holds the records, as it is: a dot in it is a dot. */
      readonly arrayKey: string;
      readonly arrayPath?: undefined;
    }
  | {
      /**
       * The keys that lead to the records, from the top: `data.result.items`, or as a list where keys hold dots. An empty list where the
       * body is the array itself.
       */
      readonly arrayPath: string | readonly string[];
      readonly arrayKey?: undefined;
    };

/** @throws TypeError for a path with an empty key between its dots */
export function keysOf({ arrayKey, arrayPath }: ArrayPlace): readonly string[] {
  if (arrayKey !== undefined) return [arrayKey];
  if (typeof arrayPath !== 'string') return arrayPath;
  const keys = arrayPath.split('.');
  if (keys.includes('')) throw new TypeError(`The path "${arrayPath}" has an empty key. Give it as a list of keys.`);
  return keys;
}
