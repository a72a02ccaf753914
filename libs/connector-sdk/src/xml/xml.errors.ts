/**
 * `cutOff`: the document ends before its root element does. `doctype`: it has a document type declaration, which is where
 * entities that grow without end or fetch files are declared. `encoding`: it is not UTF-8. `tooLarge`: beyond a limit.
 */
export type XmlErrorCode = 'cutOff' | 'malformed' | 'doctype' | 'encoding' | 'tooLarge';

/** What is wrong with XML, and where. Holds no text of the document. */
export class XmlError extends Error {
  override readonly name = 'XmlError';

  constructor(
    readonly code: XmlErrorCode,
    message: string,
    /** From 1; where the reader noticed. */
    readonly line: number,
    readonly column: number,
  ) {
    super(message);
  }
}
