import { type DomainErrorData, isLecternError } from "@lectern/client";
import type { RegistrationObstacle } from "@lectern/contract/registrations";
import { useTranslations } from "use-intl";
import { failureWords } from "../data/failure-words.ts";

/** The messages for what is in the way of a change. */
const OBSTACLE_WORDS = {
  cancelled: "obstacle_cancelled",
  transferred: "obstacle_transferred",
  hold_expired: "obstacle_hold_expired",
  not_confirmed: "obstacle_not_confirmed",
  begun: "obstacle_begun",
} as const satisfies Record<RegistrationObstacle, string>;

function isObstacle(detail: string | null): detail is RegistrationObstacle {
  return detail !== null && Object.hasOwn(OBSTACLE_WORDS, detail);
}

/** The messages for conflicts that need no more to be said. */
function conflictWords({ reason, detail }: DomainErrorData<"Conflict">) {
  switch (reason) {
    case "duplicate_learner":
      return "duplicateLearner";
    case "already_exists":
      return "alreadyWaiting";
    case "places_free":
      return "placesFree";
    case "changed_meanwhile":
      return "changedMeanwhile";
    case "wrong_state":
      return isObstacle(detail) ? OBSTACLE_WORDS[detail] : "wrongState";
    // Of what staff do.
    case "has_upcoming_runs":
    case "incomplete":
    case "below_used":
    case "last_one":
      return "wrongState";
  }
}

/** @returns a function that says in words why something on the way to a booking, or with it, did not work */
export function useRefusalWords(): (failure: unknown) => string {
  const t = useTranslations("refusals");
  const tFailures = useTranslations("failures");
  return (failure) => {
    if (!isLecternError(failure)) return failureWords(failure, tFailures);
    switch (failure.code) {
      case "SoldOut":
        return t("soldOut", { left: failure.data.placesLeft });
      case "NotBookable":
        return t(`notBookable_${failure.data.reason}`);
      case "TooManyPlaces":
        return t("tooMany", { limit: failure.data.limit, already: failure.data.alreadyBooked });
      case "DiscountNotUsable":
        return t(`discount_${failure.data.reason}`);
      case "HoldExpired":
        return t("holdExpired");
      case "Conflict":
        return t(conflictWords(failure.data));
      case "NotFound":
        return t("gone");
      default:
        return failureWords(failure, tFailures);
    }
  };
}

/** @returns a function that says what is in the way of a change */
export function useObstacleWords(): (obstacle: RegistrationObstacle) => string {
  const t = useTranslations("refusals");
  return (obstacle) => t(OBSTACLE_WORDS[obstacle]);
}
