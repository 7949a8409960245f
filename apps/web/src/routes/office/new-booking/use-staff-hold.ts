import type { BookingHeld } from "@lectern/contract/bookings";
import { useState } from "react";
import { useCall } from "../../../account/use-call.ts";
import { useApi } from "../../../data/api.ts";

export interface HoldWanted {
  readonly places: number;
  readonly region: string | null;
  readonly discountCode: string | null;
}

/** Places that are set aside while staff write down who books. They lapse by themselves if nobody goes on. */
export function useStaffHold(runId: string) {
  const api = useApi();
  const [held, setHeld] = useState<BookingHeld>();
  const holding = useCall(api.bookings.hold.mutationOptions());
  const cancelling = useCall(api.bookings.cancel.mutationOptions());
  return {
    held,
    failure: holding,
    isBusy: holding.isPending || cancelling.isPending,
    hold(wanted: HoldWanted): void {
      const wish = { runId, ...wanted };
      holding.mutate({ ...wish, idempotencyKey: holding.keyOf(wish) }, { onSuccess: setHeld });
    },
    giveBack(): void {
      if (held === undefined) return;
      const wish = { reference: held.reference, accessKey: held.accessKey };
      // Whether it works or not: they lapse by themselves.
      cancelling.mutate(
        { ...wish, idempotencyKey: cancelling.keyOf(wish) },
        { onSettled: () => setHeld(undefined) },
      );
    },
  };
}

export type StaffHold = ReturnType<typeof useStaffHold>;
