const ascii = /^[^\u0080-\uffff]*$/;

/**
 * The form in which texts are searched without regard to case: composed, upper then lower case (so that `ß` meets `SS`),
 * both sigmas as one. Not for keys.
 */
export function foldText(text: string): string {
  if (ascii.test(text)) return text.toLowerCase();
  return text.normalize('NFKC').toUpperCase().toLowerCase().replaceAll('ς', 'σ').normalize('NFC');
}
