import { type QueryKey, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { asProblem, type Problem } from '@/lib/api/problem';

/** One page of a list, as every List call answers. */
export interface Page<T> {
  readonly rows: readonly T[];
  /** Empty or absent on the last page. */
  readonly nextPageToken: string | undefined;
}

/** A list that grows page by page, with everything a table shows about it. */
export interface Listing<T> {
  /** Undefined until the first page is there. */
  readonly rows: readonly T[] | undefined;
  readonly problem: Problem | undefined;
  readonly retry: () => void;
  /** Undefined when the last page is shown. */
  readonly more: (() => void) | undefined;
  readonly loadingMore: boolean;
}

interface ListingOptions<T> {
  readonly queryKey: QueryKey;
  readonly page: (pageToken: string, signal: AbortSignal) => Promise<Page<T>>;
  readonly enabled?: boolean;
  /** Asks again at this pace while the page is shown; for lists whose rows change by themselves. */
  readonly everyMs?: number;
}

/** Reads a paged list. */
export function useListing<T>({ queryKey, page, enabled = true, everyMs }: ListingOptions<T>): Listing<T> {
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => page(pageParam, signal),
    initialPageParam: '',
    getNextPageParam: (last) => (last.nextPageToken === '' ? undefined : last.nextPageToken),
    enabled,
    refetchInterval: everyMs ?? false,
  });
  const rows = useMemo(() => query.data?.pages.flatMap((one) => one.rows), [query.data]);
  return {
    rows,
    problem: query.error === null ? undefined : asProblem(query.error),
    retry: () => void query.refetch(),
    more: query.hasNextPage ? () => void query.fetchNextPage() : undefined,
    loadingMore: query.isFetchingNextPage,
  };
}
