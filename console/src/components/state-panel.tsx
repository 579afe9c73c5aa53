import { EmptyState, type MantineColor } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from '@/components/state-panel.module.css';

interface StatePanelProps {
  readonly icon: ReactNode;
  readonly title: ReactNode;
  readonly description?: ReactNode;
  readonly color?: MantineColor;
  readonly role?: 'alert' | 'status';
  readonly children?: ReactNode;
}

/** What a place shows instead of its rows: nothing yet, not allowed, or gone wrong. */
export function StatePanel({ icon, title, description, color = 'ink', role, children }: StatePanelProps) {
  return (
    <EmptyState
      className={classes['panel']}
      size="md"
      variant="light"
      color={color}
      icon={icon}
      title={title}
      description={description}
      role={role}
    >
      {children === undefined ? null : <EmptyState.Actions>{children}</EmptyState.Actions>}
    </EmptyState>
  );
}
