/** A message that did not get through. Its message is for people and holds no secret, no address and nothing that the other side said. */
export class DeliveryError extends Error {
  override readonly name = 'DeliveryError';

  constructor(
    message: string,
    /** Trying again mends nothing. */
    readonly isFinal: boolean,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
