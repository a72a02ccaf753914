/** `outOfTheBox`: for a product that many have, set up by filling in its settings; `custom`: written for one company's own source. */
export const CONNECTOR_KINDS = ['outOfTheBox', 'custom'] as const;
export type ConnectorKind = (typeof CONNECTOR_KINDS)[number];

/** A connector that does not say is somebody's own. */
export function connectorKind({ kind = 'custom' }: { readonly kind?: ConnectorKind }): ConnectorKind {
  return kind;
}
