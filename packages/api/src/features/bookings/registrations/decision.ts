import { isAllowed } from "@lectern/auth/actor";
import type { Decider } from "@lectern/contract/vocabulary";
import type { Call } from "../../../call.ts";
import { DomainError } from "../../../domain-error.ts";
import { deciderOf } from "../read-booking.ts";

/** Who decided on a change, and on what terms. */
export interface Decision {
  readonly decidedBy: Decider;
  /** Staff, or the academy by its own act, ask for no fee. */
  readonly isWaived: boolean;
  readonly reason: string | null;
}

export function isStaff(call: Call): boolean {
  return isAllowed(call.actor, "bookings.write");
}

/** @throws Forbidden when somebody else than staff asks for a waiver */
export function decisionOf(
  call: Call,
  input: { reason?: string | null | undefined; waiveFee?: boolean | null | undefined },
): Decision {
  const isWaived = input.waiveFee ?? false;
  if (isWaived && !isStaff(call)) {
    throw new DomainError(
      { code: "Forbidden", data: { permission: "bookings.write" } },
      "Only staff can waive a fee.",
    );
  }
  return { decidedBy: deciderOf(call), isWaived, reason: input.reason ?? null };
}

/** The academy cancelled or moved the run: what its people choose then costs them nothing. */
export const BY_ACADEMY: Decision = { decidedBy: "academy", isWaived: true, reason: null };
