export const SOAP_MANNERS = [
  'validationFault',
  'processingFault',
  'notAuthorized',
  'loginFault',
  'error503',
  'html500',
  'webPage',
  'emptyBody',
  'cut',
  'cutCleanly',
  'otherPage',
  'samePage',
  'circle',
  'lostLastPage',
  'emptyPage',
  'shortPage',
  'growingTotal',
  'shortTotal',
  'noResults',
  'nobody',
  'malformed',
  'entities',
  'deep',
] as const;
export type SoapMannerKind = (typeof SOAP_MANNERS)[number];

/** How the next pages are answered. */
export interface SoapManner {
  readonly kind: SoapMannerKind;
  /** For so many requests; left out, until another is set. */
  readonly times?: number;
  /** From this page on. Default 1. */
  readonly fromPage?: number;
}

/** One manner at a time, used up by the requests that it fits. */
export class SoapManners {
  private manner: SoapManner | null = null;
  private left = Infinity;

  set(manner: SoapManner | null): void {
    this.manner = manner;
    this.left = manner?.times ?? Infinity;
  }

  take(page: number): SoapMannerKind | null {
    if (this.manner === null || this.left === 0 || page < (this.manner.fromPage ?? 1)) return null;
    this.left -= 1;
    return this.manner.kind;
  }
}
