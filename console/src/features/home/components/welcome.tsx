import { Text, Title, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from '@/features/home/components/welcome.module.css';

interface WelcomeProps {
  readonly ready: boolean;
  readonly onAsk: (question: string) => void;
}

const SUGGESTIONS = ['introduce', 'summarise', 'code'] as const;

/** An empty conversation: a greeting, and questions to begin with. */
export function Welcome({ ready, onAsk }: WelcomeProps) {
  const { t } = useTranslation('home');
  return (
    <div className={classes['welcome']}>
      <Title order={2} fz={26} fw={650}>
        {t('welcome.title')}
      </Title>
      <Text c="dimmed" mt={6}>
        {t('welcome.description')}
      </Text>
      <div className={classes['suggestions']}>
        {SUGGESTIONS.map((name) => (
          <UnstyledButton
            key={name}
            className={classes['suggestion']}
            disabled={!ready}
            onClick={() => onAsk(t(`suggestion.${name}`))}
          >
            {t(`suggestion.${name}`)}
          </UnstyledButton>
        ))}
      </div>
    </div>
  );
}
