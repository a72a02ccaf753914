import { describe, expect, it } from 'vitest';
import { letMusterThrough } from './let-muster-through.js';

const step = { title: 'Let Muster through', text: 'It connects.', values: [{ label: 'Server', value: 'hr:22' }] };

describe('the step that lets Muster through', () => {
  it('gives its addresses to copy', () => {
    const { text, values } = letMusterThrough({ outboundAddresses: ['203.0.113.7', '2001:db8::/64'] }, step);
    expect(text).toBe('It connects. It connects from the addresses below and no others.');
    expect(values).toEqual([
      { label: 'Server', value: 'hr:22' },
      { label: 'Muster connects from', value: '203.0.113.7' },
      { label: 'Muster connects from', value: '2001:db8::/64' },
    ]);
  });

  it('says who has to set them when they are not known', () => {
    const { text, values } = letMusterThrough({}, step);
    expect(text).toContain('its operator sets MUSTER_OUTBOUND_ADDRESSES');
    expect(values).toEqual(step.values);
  });
});
