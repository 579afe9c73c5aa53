import { useEffect, useEffectEvent, useState } from 'react';
import type { Problem } from '@/lib/api/problem';
import type { ServerEvent } from '@/lib/sse/event-source';
import { follow, type FollowState } from '@/lib/sse/follow';

interface Following {
  readonly state: FollowState;
  readonly problem: Problem | undefined;
}

/**
 * Follows a stream for as long as the component is shown and a path is given.
 *
 * `onEvent` returns false after the last event that can come.
 */
export function useFollow(path: string | undefined, onEvent: (event: ServerEvent) => boolean): Following {
  const [following, setFollowing] = useState<Following>({ state: 'connecting', problem: undefined });
  const hear = useEffectEvent(onEvent);
  useEffect(() => {
    if (path === undefined) {
      return undefined;
    }
    const leaving = new AbortController();
    void follow({
      path,
      signal: leaving.signal,
      onEvent: (event) => hear(event),
      onState: (state, problem) => {
        if (!leaving.signal.aborted) {
          setFollowing({ state, problem });
        }
      },
    });
    return () => leaving.abort();
  }, [path]);
  return following;
}
