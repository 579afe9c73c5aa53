import { expect, it } from 'vitest';
import { sectionsFor } from '@/app/shell/destinations';

const PLACE = { tenantId: 'tnt_a', projectId: 'prj_b' };

function account(permissions: string[], platformPermissions: string[] = []) {
  return { memberships: [{ tenantId: 'tnt_a', permissions }], platformPermissions };
}

function names(...sections: ReturnType<typeof sectionsFor>) {
  return Object.fromEntries(sections.map(({ name, destinations }) => [name, destinations.map((one) => one.name)]));
}

it('offers only what the person may see', () => {
  expect(names(...sectionsFor(account(['apikey.read', 'usage.read']), PLACE))).toEqual({
    project: ['home', 'keys'],
    tenant: ['usage', 'requests', 'statements'],
  });
});

it('offers the platform to those who run it, wherever they are', () => {
  const admin = account([], ['platform.tenant.read']);
  expect(names(...sectionsFor(admin, { tenantId: undefined, projectId: undefined }))).toEqual({
    platform: ['tenants'],
  });
});

it('takes no permission of one tenant for another', () => {
  const sections = sectionsFor(account(['member.read']), { tenantId: 'tnt_other', projectId: undefined });
  expect(sections).toEqual([]);
});
