import { ActionIcon, Textarea } from '@mantine/core';
import { IconArrowUp, IconPlayerStopFilled } from '@tabler/icons-react';
import { type KeyboardEvent, type SyntheticEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from '@/features/home/components/composer.module.css';

interface ComposerProps {
  readonly ready: boolean;
  readonly busy: boolean;
  readonly onAsk: (question: string) => void;
  readonly onStop: () => void;
}

/** Where a question is written: Enter sends, Shift and Enter begin a line. */
export function Composer({ ready, busy, onAsk, onStop }: ComposerProps) {
  const { t } = useTranslation('home');
  const [text, setText] = useState('');
  const send = () => {
    if (ready && !busy && text.trim() !== '') {
      onAsk(text.trim());
      setText('');
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // While Hangul is being composed, Enter ends the syllable and sends nothing.
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      send();
    }
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    send();
  };
  return (
    <form className={classes['composer']} onSubmit={submit}>
      <Textarea
        variant="unstyled"
        className={classes['text'] ?? ''}
        aria-label={t('composer.label')}
        placeholder={t('composer.placeholder')}
        autosize
        minRows={1}
        maxRows={8}
        disabled={!ready}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      {busy ? (
        <ActionIcon size={34} radius="xl" color="gray" aria-label={t('composer.stop')} onClick={onStop}>
          <IconPlayerStopFilled size={16} />
        </ActionIcon>
      ) : (
        <ActionIcon
          type="submit"
          size={34}
          radius="xl"
          aria-label={t('composer.send')}
          disabled={!ready || text.trim() === ''}
        >
          <IconArrowUp size={18} />
        </ActionIcon>
      )}
    </form>
  );
}
