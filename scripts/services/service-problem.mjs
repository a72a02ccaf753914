/** Something a person has to put right; shown without a stack. */
export class ServiceProblem extends Error {}
