import { Group, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { ReactNode } from 'react';
import classes from '@/components/page.module.css';

interface PageProps {
  readonly title: string;
  readonly description?: ReactNode;
  /** The way here, above the title: links of the pages that contain this one. */
  readonly trail?: ReactNode;
  /** Beside the title, such as a state. */
  readonly aside?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** Names the page on the browser's tab. */
export function usePageTitle(title: string): void {
  useDocumentTitle(`${title} · EXAONE`);
}

/** A page: its title, what it is for, its actions, its content. */
export function Page({ title, description, trail, aside, actions, children }: PageProps) {
  usePageTitle(title);
  return (
    <div className={classes['page']}>
      <header className={classes['header']}>
        <div className={classes['heading']}>
          {trail !== undefined && <div className={classes['trail']}>{trail}</div>}
          <Group gap="sm">
            <Title order={1}>{title}</Title>
            {aside}
          </Group>
          {description !== undefined && (
            <Text c="dimmed" fz="sm" mt={4} maw={720}>
              {description}
            </Text>
          )}
        </div>
        {actions !== undefined && <Group gap="xs">{actions}</Group>}
      </header>
      {children}
    </div>
  );
}
