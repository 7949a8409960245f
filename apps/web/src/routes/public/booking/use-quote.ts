import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useApi } from "../../../data/api.ts";

interface Wanted {
  readonly runId: string;
  readonly places: number;
  readonly discountCode: string | undefined;
}

/** What places would cost now. What was asked before stands there until the answer comes. */
export function useQuote({ runId, places, discountCode }: Wanted) {
  const api = useApi();
  return useQuery(
    api.prices.quote.queryOptions(
      { runId, places, ...(discountCode !== undefined && { discountCode }) },
      { placeholderData: keepPreviousData },
    ),
  );
}
