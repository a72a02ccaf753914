import type { SetupStep, SetupTarget } from './setup-step.js';

/** The step in which a source's network lets Muster in, with the addresses that it comes from, ready to copy. */
export function letMusterThrough(
  { outboundAddresses = [] }: Pick<SetupTarget, 'outboundAddresses'>,
  { title, text, values = [] }: SetupStep,
): SetupStep {
  const from =
    outboundAddresses.length === 0
      ? 'From which addresses it connects, this Muster does not know: its operator sets MUSTER_OUTBOUND_ADDRESSES, and they are shown here.'
      : 'It connects from the addresses below and no others.';
  return {
    title,
    text: `${text} ${from}`,
    values: [...values, ...outboundAddresses.map((value) => ({ label: 'Muster connects from', value }))],
  };
}
