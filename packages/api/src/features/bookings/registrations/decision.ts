import type { Decider } from "@lectern/contract/vocabulary";
import { DomainError } from "../../../domain-error.ts";
import type { FoundBooking } from "../read-booking.ts";

/** Who decided on a change, and on what terms. */
export interface Decision {
  readonly decidedBy: Decider;
  /** Staff, or the academy by its own act, ask for no fee. */
  readonly isWaived: boolean;
  readonly reason: string | null;
}

/** @throws Forbidden when somebody else than staff asks for a waiver */
export function decisionOf(
  { decider }: Pick<FoundBooking, "decider">,
  input: { reason?: string | null | undefined; waiveFee?: boolean | null | undefined },
): Decision {
  const isWaived = input.waiveFee ?? false;
  if (isWaived && decider === "booker") {
    throw new DomainError(
      { code: "Forbidden", data: { permission: "bookings.decide" } },
      "Only staff can waive a fee.",
    );
  }
  return { decidedBy: decider, isWaived, reason: input.reason ?? null };
}

/** The academy cancelled or moved the run: what its people choose then costs them nothing. */
export const BY_ACADEMY: Decision = { decidedBy: "academy", isWaived: true, reason: null };
