import type { BookingDetail } from "@lectern/contract/bookings";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useIsHydrated } from "../../../components/use-is-hydrated.ts";
import { useApi } from "../../../data/api.ts";
import { Wishes } from "../../../data/wishes.ts";
import { deadlineOf } from "../../../time-left/time-left.ts";
import {
  type BookingKey,
  bookingKeyOfRun,
  forgetBookingKey,
  keepBookingKey,
} from "../../../browser/booking-keys.ts";

/** Places of a run that are set aside for this visitor, or not. */
type HoldState =
  | { readonly state: "none" }
  | { readonly state: "opening" }
  | {
      readonly state: "held";
      readonly booking: BookingDetail;
      readonly accessKey: string;
      /** When the hold lapses, on this device's clock. */
      readonly deadline: number;
    }
  | { readonly state: "expired"; readonly places: number };

/** What to set aside. */
export interface HoldWish {
  readonly places: number;
  readonly discountCode?: string | undefined;
}

interface HoldActions {
  /** Sets places aside. Asked again for the same, it is the same wish: it can't happen twice. */
  readonly hold: (wish: HoldWish) => void;
  /** The same as the last time. */
  readonly holdAgain: () => void;
  readonly giveBack: () => void;
  /** Says that the time is up. */
  readonly expire: () => void;
  /** Whether the visitor has set places aside or given them back since the page was opened. */
  readonly isTouched: boolean;
  readonly isHolding: boolean;
  readonly isGivingBack: boolean;
  readonly failure: Error | null;
}

export type Hold = HoldState & HoldActions;

/**
 * The hold of a run in this tab. It survives reloading: what counts is what the server says of it, on
 * the server's clock.
 */
export function useHold(runId: string): Hold {
  const api = useApi();
  const queryClient = useQueryClient();
  const isHydrated = useIsHydrated();
  const [held, setHeld] = useState<BookingKey | null>();
  const [lapsed, setLapsed] = useState<number>();
  const [wishes] = useState(() => new Wishes());

  // Until something is done here, what the tab remembers counts.
  const current = held === undefined && isHydrated ? bookingKeyOfRun(runId) : held;
  const { reference = "", accessKey = "" } = current ?? {};
  const booking = useQuery(
    api.bookings.byReference.queryOptions(
      { reference, accessKey },
      { enabled: current != null, staleTime: 0 },
    ),
  );

  const holding = useMutation(
    api.bookings.hold.mutationOptions({
      onSuccess: (answer) => {
        wishes.fulfilled();
        const { reference, accessKey } = answer;
        keepBookingKey({ reference, accessKey, runId });
        setLapsed(undefined);
        setHeld({ reference, accessKey, runId });
      },
      onError: () => {
        // The places left are not what they were.
        void queryClient.invalidateQueries(api.runs.byId.queryFilter({ id: runId }));
      },
    }),
  );
  const cancelling = useMutation(api.bookings.cancel.mutationOptions());

  function leave(): void {
    if (current != null) forgetBookingKey(current.reference);
    setHeld(null);
    void queryClient.invalidateQueries(api.runs.byId.queryFilter({ id: runId }));
  }

  function hold({ places, discountCode }: HoldWish): void {
    const wish = { runId, places, ...(discountCode !== undefined && { discountCode }) };
    holding.mutate({ ...wish, idempotencyKey: wishes.keyOf(wish) });
  }

  const actions: HoldActions = {
    hold,
    holdAgain() {
      const places = lapsed ?? 1;
      hold({ places, discountCode: holding.variables?.discountCode ?? undefined });
    },
    giveBack() {
      const idempotencyKey = wishes.keyOf({ cancel: reference });
      // Whether it works or not: the hold lapses by itself.
      cancelling.mutate({ reference, accessKey, idempotencyKey }, { onSettled: leave });
    },
    expire() {
      setLapsed(booking.data?.places ?? 1);
      leave();
    },
    isTouched: held !== undefined,
    isHolding: holding.isPending,
    isGivingBack: cancelling.isPending,
    failure: holding.error instanceof Error ? holding.error : null,
  };

  function state(): HoldState {
    if (current == null) {
      return lapsed === undefined ? { state: "none" } : { state: "expired", places: lapsed };
    }
    // What is known counts on when asking again fails: somebody may be typing who comes.
    if (booking.data === undefined) return { state: booking.isError ? "none" : "opening" };
    const { status, expiresAt, serverTime } = booking.data;
    if (status !== "held" || expiresAt === null) return { state: "none" };
    const deadline = deadlineOf(expiresAt, serverTime, booking.dataUpdatedAt);
    return { state: "held", booking: booking.data, accessKey, deadline };
  }

  return { ...state(), ...actions };
}
