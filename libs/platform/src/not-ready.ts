/** Of every answer that says "not ready": when to ask again, in seconds. */
export const notReadyHeaders = { 'retry-after': '5' };
