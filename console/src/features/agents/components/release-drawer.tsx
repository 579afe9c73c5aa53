import { Drawer, SegmentedControl, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyField } from '@/components/copy-field';
import { LineDiff } from '@/components/line-diff';
import { Snippet } from '@/components/snippet';
import type { Release } from '@/features/agents/api/releases';

interface ReleaseDrawerProps {
  readonly release: Release | undefined;
  /** The release before, to compare with. */
  readonly previous: Release | undefined;
  readonly onClose: () => void;
}

/** A release in full, or what it changed. */
export function ReleaseDrawer({ release, previous, onClose }: ReleaseDrawerProps) {
  const { t } = useTranslation('agents');
  return (
    <Drawer
      opened={release !== undefined}
      onClose={onClose}
      position="right"
      size="xl"
      title={t('release.number', { number: release?.number })}
    >
      {release !== undefined && <Content key={release.releaseId} release={release} previous={previous} />}
    </Drawer>
  );
}

function Content({ release, previous }: { readonly release: Release; readonly previous: Release | undefined }) {
  const { t } = useTranslation('agents');
  const [view, setView] = useState(previous === undefined ? 'whole' : 'changes');
  const specification = release.specification ?? '';
  return (
    <Stack gap="md">
      {release.note !== undefined && release.note !== '' && <Text fz="sm">{release.note}</Text>}
      <CopyField value={release.digest ?? ''} what={t('release.column.digest')} />
      {previous !== undefined && (
        <SegmentedControl
          size="xs"
          aria-label={t('release.view')}
          data={[
            { value: 'changes', label: t('release.changes', { number: previous.number }) },
            { value: 'whole', label: t('release.whole') },
          ]}
          value={view}
          onChange={setView}
        />
      )}
      {view === 'changes' && previous !== undefined ? (
        <LineDiff before={previous.specification ?? ''} after={specification} />
      ) : (
        <Snippet variants={[{ name: 'YAML', text: specification }]} />
      )}
    </Stack>
  );
}
