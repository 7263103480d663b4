import { describe, expect, it } from '@jest/globals';
import { catalogueChanges } from './catalogue-changes.rules.ts';

const view = { name: 'devices.view', description: 'See devices', roles: ['owner' as const, 'viewer' as const] };
const manage = { name: 'devices.manage', description: 'Change devices', roles: ['owner' as const] };

describe('what a new catalogue changes', () => {
  it('is nothing when it is the same in another order', () => {
    expect(catalogueChanges([view, manage], [manage, view])).toEqual([]);
  });

  it('names what came, went and became different', () => {
    const narrowed = { ...view, roles: ['owner' as const] };
    const reboot = { name: 'devices.reboot', description: '', roles: [] };
    expect(catalogueChanges([view, manage], [narrowed, reboot])).toEqual([
      { field: 'devices.manage', from: { description: 'Change devices', roles: ['owner'] }, to: null },
      { field: 'devices.reboot', from: null, to: { description: '', roles: [] } },
      {
        field: 'devices.view',
        from: { description: 'See devices', roles: ['owner', 'viewer'] },
        to: { description: 'See devices', roles: ['owner'] },
      },
    ]);
  });
});
