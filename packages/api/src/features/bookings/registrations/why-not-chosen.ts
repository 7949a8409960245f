import type { Choice, RegistrationObstacle } from "@lectern/contract/registrations";
import type { RunChoiceKind } from "@lectern/contract/vocabulary";
import type { RegistrationRow, WholeBooking } from "./locked-booking.ts";
import { whyNotCancelled, whyNotTransferred } from "./obstacles.ts";

/**
 * Whether somebody who is asked again can choose that. A run that was cancelled took the place along, so
 * that nobody can stay; one that was moved left it, and no more can be done than with any place.
 *
 * @returns why not, or `null` when it can be chosen
 */
export function whyNotChosen(
  whole: WholeBooking,
  row: RegistrationRow,
  kind: RunChoiceKind,
  choice: Choice,
): RegistrationObstacle | null {
  if (kind === "run_cancelled") {
    if (row.status === "transferred") return "transferred";
    return choice === "stays" ? "cancelled" : null;
  }
  return choice === "another_date" ? whyNotTransferred(whole, row) : whyNotCancelled(whole, row);
}
