import { Text } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ChatModel } from '@/features/home/components/chat-models';
import classes from '@/features/home/components/chat-notice.module.css';

interface ChatNoticeProps {
  readonly model: ChatModel | undefined;
  readonly mayChat: boolean;
  readonly loading: boolean;
}

/** What has to be known before asking: not allowed, not ready, or only the small model. */
export function ChatNotice(props: ChatNoticeProps) {
  const text = useNotice(props);
  if (text === undefined) {
    return null;
  }
  return (
    <div className={classes['notice']} role="note">
      <IconInfoCircle size={16} stroke={1.8} aria-hidden />
      <Text fz="xs">{text}</Text>
    </div>
  );
}

function useNotice({ model, mayChat, loading }: ChatNoticeProps): string | undefined {
  const { t } = useTranslation('home');
  if (!mayChat) {
    return t('notice.denied');
  }
  if (loading) {
    return undefined;
  }
  if (model === undefined) {
    return t('notice.noModel');
  }
  if (!model.ready) {
    return t('notice.notReady', { name: model.label });
  }
  return model.builtIn ? t('notice.builtIn') : undefined;
}
