import { Button, Center, Loader } from '@mantine/core';
import { IconLogin } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FailurePanel } from '@/components/failure-panel';
import { StatePage } from '@/components/state-page';
import { asProblem } from '@/lib/api/problem';
import { AccountContext, accountQuery } from '@/lib/session/account';
import { currentAddress, signInAddress } from '@/lib/session/sign-in';

/** Shows its content once it is known who is signed in. */
export function SignedIn({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation('app');
  const { data: account, error, refetch } = useQuery(accountQuery);
  if (account !== undefined) {
    return <AccountContext value={account}>{children}</AccountContext>;
  }
  if (error === null) {
    return (
      <Center mih="100vh">
        <Loader type="dots" aria-label={t('shell.loading')} />
      </Center>
    );
  }
  const problem = asProblem(error);
  return (
    <Center mih="100vh" component="main">
      {problem.status === 401 ? <SignedOut /> : <FailurePanel problem={problem} retry={() => void refetch()} />}
    </Center>
  );
}

function SignedOut() {
  const { t } = useTranslation('app');
  return (
    <StatePage icon={<IconLogin />} role="status" title={t('signedOut.title')} description={t('signedOut.description')}>
      <Button component="a" href={signInAddress(currentAddress())}>
        {t('signedOut.action')}
      </Button>
    </StatePage>
  );
}
