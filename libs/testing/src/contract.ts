/** A fresh, empty adapter for one case of a contract suite. */
export interface ContractSubject<Port> {
  port: Port;
  /** Opens another adapter over the same data, as a restart of the process would; the first one is done with. */
  reopen(): Promise<Port>;
  dispose(): Promise<void>;
}

/** Makes a subject; called once for each case. */
export type ContractFactory<Port> = () => Promise<ContractSubject<Port>>;
