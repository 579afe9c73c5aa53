import { Group, Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import classes from '@/components/panel.module.css';

interface PanelProps {
  readonly title: string;
  readonly description?: ReactNode;
  readonly actions?: ReactNode;
  /** Content up to the frame, as for a table or a plot. */
  readonly flush?: boolean;
  readonly children: ReactNode;
}

/** A framed part of a page with a heading. */
export function Panel({ title, description, actions, flush = false, children }: PanelProps) {
  const id = useId();
  return (
    <section className={classes['panel']} aria-labelledby={id}>
      <div className={classes['head']}>
        <div>
          <Title order={2} id={id} fz="md">
            {title}
          </Title>
          {description !== undefined && (
            <Text c="dimmed" fz="xs" mt={2}>
              {description}
            </Text>
          )}
        </div>
        {actions !== undefined && <Group gap="xs">{actions}</Group>}
      </div>
      <div className={flush ? '' : classes['content']}>{children}</div>
    </section>
  );
}
