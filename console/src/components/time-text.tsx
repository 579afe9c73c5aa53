import { Text, Tooltip } from '@mantine/core';
import { useInterval } from '@mantine/hooks';
import { useState } from 'react';
import { useFormat } from '@/lib/format/use-format';

interface TimeTextProps {
  /** RFC 3339, as the platform writes it; a dash is shown without one. */
  readonly time: string | undefined;
  /** The date and time itself, as where many lie close together. */
  readonly exact?: boolean;
  /** Whose clocks tell the date and time; the reader's own unless named. */
  readonly zone?: string;
}

const TICK_MS = 30_000;

/** A moment relative to now, with its date and time on hover. */
export function TimeText({ time, exact = false, zone }: TimeTextProps) {
  const format = useFormat();
  const [now, setNow] = useState(() => new Date());
  useInterval(() => setNow(new Date()), TICK_MS, { autoInvoke: true });
  if (time === undefined || time === '') {
    return (
      <Text component="span" inherit c="dimmed">
        –
      </Text>
    );
  }
  const moment = new Date(time);
  if (exact) {
    return (
      <time dateTime={time} style={{ whiteSpace: 'nowrap' }}>
        {format.instant(moment, zone)}
      </time>
    );
  }
  return (
    <Tooltip label={format.moment(moment, zone)}>
      <time dateTime={time}>{format.relative(moment, now)}</time>
    </Tooltip>
  );
}
