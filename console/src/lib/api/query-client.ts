import { QueryClient } from '@tanstack/react-query';
import { Problem } from '@/lib/api/problem';

const RETRIES = 2;

/** Refusals are final; passing failures are tried again a few times before the page shows them. */
function worthRetrying(failures: number, error: Error): boolean {
  return failures < RETRIES && error instanceof Problem && error.passing;
}

/** The cache of what the platform said. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { retry: worthRetrying, staleTime: 15_000, refetchOnWindowFocus: true },
      mutations: { retry: false },
    },
  });
}
