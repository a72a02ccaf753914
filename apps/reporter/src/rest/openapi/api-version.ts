/** The version of the contract: `/v1` and what was added to it. */
export const apiVersion = '1.0.0';
