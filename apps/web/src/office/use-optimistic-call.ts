import {
  type InfiniteData,
  type QueryFilters,
  type QueryKey,
  type UseMutationOptions,
  useQueryClient,
} from "@tanstack/react-query";
import { useAccountWords } from "../account/use-account-words.ts";
import { useCall } from "../account/use-call.ts";
import { useUndo } from "./undo.tsx";

interface OptimisticCall<Input, Answer, Failure, Shown> {
  readonly call: UseMutationOptions<Answer, Failure, Input>;
  /** The answers that show what is changed: `api.enquiries.list.infiniteQueryFilter()`. */
  readonly shownIn: QueryFilters<QueryKey>;
  /** Shows it as done already. Its first argument says what such an answer is; see `changeItems` for lists. */
  readonly show: (shown: Shown, input: Input) => Shown;
}

/**
 * A call whose outcome is shown at once. If it fails, what was shown before is back, and it is said why. Afterwards
 * the answers are asked for anew, whatever came of it.
 *
 * @returns as `useCall`: the mutation, and `keyOf`
 */
export function useOptimisticCall<Input, Answer, Failure, Shown>(
  options: OptimisticCall<Input, Answer, Failure, Shown>,
) {
  const { call, shownIn, show } = options;
  const queryClient = useQueryClient();
  const undo = useUndo();
  const words = useAccountWords();
  return useCall<Input, Answer, Failure, readonly [QueryKey, Shown | undefined][]>({
    ...(call.mutationKey && { mutationKey: call.mutationKey }),
    ...(call.mutationFn && { mutationFn: call.mutationFn }),
    onMutate: async (input) => {
      // What is on its way would overwrite it.
      await queryClient.cancelQueries(shownIn);
      const before = queryClient.getQueriesData<Shown>(shownIn);
      for (const [key, shown] of before) {
        if (shown !== undefined) queryClient.setQueryData<Shown>(key, show(shown, input));
      }
      return before;
    },
    onError: (error, _input, before) => {
      for (const [key, shown] of before ?? []) queryClient.setQueryData(key, shown);
      undo.alert(words(error));
    },
    onSettled: () => void queryClient.invalidateQueries(shownIn),
  });
}

/**
 * Changes the items of a list that is loaded page by page.
 *
 * @param change gives an item as it is to be shown, or `undefined` where it is not any more
 */
export function changeItems<Item, Page extends { readonly items: Item[] }>(
  shown: InfiniteData<Page, string | null>,
  change: (item: Page["items"][number]) => Item | undefined,
): InfiniteData<Page, string | null> {
  return {
    ...shown,
    pages: shown.pages.map((page) => ({
      ...page,
      items: page.items.flatMap((item) => {
        const changed = change(item);
        return changed === undefined ? [] : [changed];
      }),
    })),
  };
}
