import type { UseMutationOptions } from "@tanstack/react-query";
import type { Shape } from "../forms/contract-shape.ts";
import { useContractForm } from "../forms/use-contract-form.ts";
import { useCall } from "./use-call.ts";

interface CallForm<Input, Answer, Failure, Context> {
  /** Loads the shape that the server checks as well. */
  readonly loadShape: () => Promise<Shape<Input>>;
  /** Makes what is wanted out of the fields; the key that it is known by is added. */
  readonly inputOf: (data: FormData) => object;
  readonly call: UseMutationOptions<Answer, Failure, Input, Context>;
  readonly onDone: (answer: Answer, input: Input) => unknown;
  /** See `useContractForm`. */
  readonly fieldOf?: (path: string) => string;
  readonly judgedByServer?: readonly string[];
}

/** A form that makes one call, and asks first whether it is them where the server wants to know. */
export function useCallForm<Input, Answer, Failure, Context>(
  form: CallForm<Input, Answer, Failure, Context>,
) {
  const { loadShape, inputOf, call, onDone, fieldOf, judgedByServer } = form;
  const { keyOf, ...sending } = useCall(call);
  const { problems, formProps } = useContractForm<Input>({
    loadShape,
    inputOf: (data) => {
      const wish = inputOf(data);
      return { ...wish, idempotencyKey: keyOf(wish) };
    },
    send: async (input) => {
      await onDone(await sending.mutateAsync(input), input);
    },
    ...(fieldOf && { fieldOf }),
    ...(judgedByServer && { judgedByServer }),
  });
  return { problems, formProps, sending };
}
