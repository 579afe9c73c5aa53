import { Group, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '@/components/copy-button';
import classes from '@/components/snippet.module.css';
import type { SnippetVariant } from '@/lib/snippets';

/** Code to paste, in the reader's choice of language. */
export function Snippet({ variants }: { readonly variants: readonly SnippetVariant[] }) {
  const { t } = useTranslation('components');
  const [name, setName] = useState(variants[0]?.name ?? '');
  const shown = variants.find((variant) => variant.name === name) ?? variants[0];
  if (shown === undefined) {
    return null;
  }
  return (
    <div className={classes['snippet']}>
      <Group justify="space-between" className={classes['bar'] ?? ''}>
        <SegmentedControl
          size="xs"
          aria-label={t('snippet.language')}
          data={variants.map((variant) => variant.name)}
          value={shown.name}
          onChange={setName}
        />
        <CopyButton value={shown.text} what={t('snippet.code')} />
      </Group>
      {/* Wide code scrolls; the keyboard reaches it as a region. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre className={classes['code']} tabIndex={0} aria-label={t('snippet.code')}>
        <code>{shown.text}</code>
      </pre>
    </div>
  );
}
