/** What one document may have, so that no answer can fill the memory. */
export interface XmlLimits {
  /** Elements within each other. Default 64. */
  readonly maxDepth: number;
  /** Of one element, declarations of namespaces among them. Default 64. */
  readonly maxAttributes: number;
  /** In one element that is taken. Default 50,000. */
  readonly maxElements: number;
  /** Of names, attributes and text in one element that is taken, and of any one piece of markup or text. Default 32 Mi. */
  readonly maxCharacters: number;
}

export const DEFAULT_XML_LIMITS: XmlLimits = {
  maxDepth: 64,
  maxAttributes: 64,
  maxElements: 50_000,
  maxCharacters: 32 * 1024 * 1024,
};
