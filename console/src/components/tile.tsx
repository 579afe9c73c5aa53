import { Skeleton, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from '@/components/tile.module.css';

interface TileProps {
  readonly label: string;
  /** Absent while it is loaded. */
  readonly value: ReactNode;
  readonly note?: ReactNode;
}

/** One figure at a glance. */
export function Tile({ label, value, note }: TileProps) {
  return (
    <div className={classes['tile']}>
      <Text fz="xs" c="dimmed" fw={500}>
        {label}
      </Text>
      <Text component="div" className={classes['value'] ?? ''}>
        {value ?? <Skeleton height={26} width={96} mt={4} />}
      </Text>
      <Text component="div" fz="xs" c="dimmed">
        {note}
      </Text>
    </div>
  );
}
