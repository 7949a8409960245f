import { useLocation, useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useIsHydrated } from "../../../components/use-is-hydrated.ts";
import { bookingKeyOf, keepBookingKey } from "../../../browser/booking-keys.ts";
import { keyIn } from "./private-link.ts";

/**
 * The key of a booking: from the private link, or from this tab.
 *
 * @returns the key, if there is one; whether it is known by now if there is; and a way to give one
 */
export function useBookingKey(reference: string) {
  const hash = useLocation({ select: (location) => location.hash });
  const navigate = useNavigate();
  const isHydrated = useIsHydrated();
  const [given, setGiven] = useState<string>();
  const linked = isHydrated ? keyIn(hash) : undefined;

  useEffect(() => {
    if (linked === undefined) return;
    keepBookingKey({ reference, accessKey: linked, runId: null });
    // Out of sight, and out of the history.
    void navigate({ to: ".", hash: "", replace: true, resetScroll: false });
  }, [linked, reference, navigate]);

  const known = given ?? linked ?? (isHydrated ? bookingKeyOf(reference)?.accessKey : undefined);
  function give(accessKey: string): void {
    setGiven(accessKey);
    keepBookingKey({ reference, accessKey, runId: null });
  }
  return { accessKey: known, isKnown: isHydrated, give };
}
