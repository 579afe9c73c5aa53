import { Text } from '@mantine/core';
import type { ComponentProps } from 'react';
import { usePageTitle } from '@/components/page';
import { StatePanel } from '@/components/state-panel';

interface StatePageProps extends ComponentProps<typeof StatePanel> {
  readonly title: string;
}

/** A page that is nothing but a state: its title is the page's. */
export function StatePage({ title, ...panel }: StatePageProps) {
  usePageTitle(title);
  const heading = (
    <Text component="h1" inherit m={0}>
      {title}
    </Text>
  );
  return <StatePanel {...panel} title={heading} />;
}
