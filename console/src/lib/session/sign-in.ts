import { problemOf } from '@/lib/api/problem';

const LAST_ATTEMPT = 'exaone.sign-in-at';
const LOOP_WINDOW_MS = 10_000;

/** Where sign-in starts; the gateway comes back to `returnTo` with a session. */
export function signInAddress(returnTo: string): string {
  return `/signin?return_to=${encodeURIComponent(returnTo)}`;
}

/** The address of the page that is shown, as sign-in has to return to it. */
export function currentAddress(): string {
  return window.location.pathname + window.location.search + window.location.hash;
}

/**
 * Leaves for the sign-in page, unless that was tried a moment ago.
 *
 * A session that is refused right after sign-in (a blocked cookie, a clock that is wrong) would otherwise send the
 * browser around in circles. Returns false in that case: the caller then shows what happened and a button.
 */
export function leaveForSignIn(now: number = Date.now()): boolean {
  const last = Number(sessionStorage.getItem(LAST_ATTEMPT) ?? '0');
  if (now - last < LOOP_WINDOW_MS) {
    return false;
  }
  sessionStorage.setItem(LAST_ATTEMPT, String(now));
  window.location.assign(signInAddress(currentAddress()));
  return true;
}

/** Ends the session at the platform, then shows the sign-in page again. A session that could not be ended stays. */
export async function signOut(): Promise<void> {
  const response = await fetch('/signout', { method: 'POST' });
  if (!response.ok) {
    throw await problemOf(response);
  }
  sessionStorage.removeItem(LAST_ATTEMPT);
  window.location.assign(signInAddress('/console/'));
}
