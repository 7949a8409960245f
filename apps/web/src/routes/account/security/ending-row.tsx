import type { UseMutationOptions } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { CallFailure } from "../../../account/call-failure.tsx";
import { useCall } from "../../../account/use-call.ts";
import { Button } from "../../../components/button.tsx";

interface EndInput {
  id: string;
  idempotencyKey: string;
}

interface EndingRowProps<Answer, Failure, Context> {
  readonly id: string;
  readonly name: string;
  /** Beside the name. */
  readonly mark?: ReactNode;
  /** What the button says; the name is added for who listens. */
  readonly action: string;
  readonly end: UseMutationOptions<Answer, Failure, EndInput, Context>;
  readonly children: ReactNode;
}

/** One of a list of what lets somebody in, and an end to it. */
export function EndingRow<Answer, Failure, Context>(
  props: EndingRowProps<Answer, Failure, Context>,
) {
  const { id, name, mark, action, end, children } = props;
  const { keyOf, ...ending } = useCall(end);
  const wish = { id };
  return (
    <li>
      <div>
        <p>
          <span className="security-name">{name}</span>
          {mark}
        </p>
        {children}
      </div>
      <p>
        <Button
          size="small"
          variant="outline"
          isBusy={ending.isPending}
          onClick={() => ending.mutate({ ...wish, idempotencyKey: keyOf(wish) })}
        >
          {action}
          <span className="visually-hidden"> {name}</span>
        </Button>
      </p>
      {ending.error === null ? null : (
        <div className="security-wide">
          <CallFailure call={ending} />
        </div>
      )}
    </li>
  );
}
