import { beforeEach, describe, expect, it, vi } from 'vitest';
import { leaveForSignIn, signInAddress } from '@/lib/session/sign-in';

describe('sign-in', () => {
  const assign = vi.fn();
  beforeEach(() => {
    assign.mockReset();
    vi.stubGlobal('location', { pathname: '/console/t/a', search: '?range=7d', hash: '', assign });
  });

  it('comes back to the page that was asked for', () => {
    expect(leaveForSignIn(1_000_000)).toBe(true);
    expect(assign).toHaveBeenCalledWith('/signin?return_to=%2Fconsole%2Ft%2Fa%3Frange%3D7d');
  });

  it('does not go around in circles', () => {
    leaveForSignIn(1_000_000);
    expect(leaveForSignIn(1_004_000)).toBe(false);
    expect(leaveForSignIn(1_020_000)).toBe(true);
    expect(assign).toHaveBeenCalledTimes(2);
  });

  it('escapes where to return to', () => {
    expect(signInAddress('/console/?a=b&c=d')).toBe('/signin?return_to=%2Fconsole%2F%3Fa%3Db%26c%3Dd');
  });
});
