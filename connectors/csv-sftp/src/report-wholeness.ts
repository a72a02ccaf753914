/** By what a report is known to hold everybody; `came`: how the file is known to be there as a whole. */
export function reportWholeness(came: string): string {
  return `Of full files: the file ${came}, all its bytes were read, every row is as wide as the header, and no quote is open. Nothing in the file itself marks its end unless a trailer, a row count or a checksum is set, which then must agree: without one, a file that broke off exactly between two rows looks whole.`;
}
