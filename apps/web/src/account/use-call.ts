import { type UseMutationOptions, useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Wishes } from "../data/wishes.ts";
import { useGuard } from "./guard.ts";

/**
 * A call that changes something. Where the server first wants to know whether it is them, they are asked, and
 * the call is made again: see `guard.ts`.
 *
 * @returns the mutation, and `keyOf`, which gives each wish the key that it is known by until it is fulfilled
 */
export function useCall<Input, Answer, Failure, Context>(
  call: UseMutationOptions<Answer, Failure, Input, Context>,
) {
  const guard = useGuard();
  const [wishes] = useState(() => new Wishes());
  const { mutationFn } = call;
  const calling = useMutation<Answer, Failure, Input, Context>({
    ...call,
    ...(mutationFn && {
      mutationFn: async (input, context) => {
        const answer = await guard(() => mutationFn(input, context));
        wishes.fulfilled();
        return answer;
      },
    }),
  });
  return { ...calling, keyOf: (wish: unknown) => wishes.keyOf(wish) };
}
