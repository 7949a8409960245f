import { type DomainErrorData, isLecternError } from "@lectern/client";
import { useTranslations } from "use-intl";
import { failureWords } from "../data/failure-words.ts";
import { PasskeyFailure, type PasskeyFailureReason } from "./passkeys.ts";

/** The messages for what the browser did not do. */
const PASSKEY_WORDS = {
  stopped: "passkeyStopped",
  known: "passkeyKnown",
  unsupported: "passkeyUnsupported",
} as const satisfies Record<PasskeyFailureReason, string>;

/** The messages for conflicts. */
function conflictWords({ reason }: DomainErrorData<"Conflict">) {
  switch (reason) {
    case "changed_meanwhile":
      return "failed_changed_meanwhile";
    case "already_exists":
      return "failed_already_exists";
    case "last_one":
      return "failed_last_one";
    default:
      return "failed_wrong_state";
  }
}

/** @returns a function that says in words why something with an account did not work */
export function useAccountWords(): (failure: unknown) => string {
  const t = useTranslations("account");
  const tFailures = useTranslations("failures");
  return (failure) => {
    if (failure instanceof PasskeyFailure) return t(PASSKEY_WORDS[failure.reason]);
    if (!isLecternError(failure)) return failureWords(failure, tFailures);
    switch (failure.code) {
      case "SignInFailed":
        return t(`failed_${failure.data.reason}`);
      case "LinkNotUsable":
        return t("failed_link");
      case "Unauthenticated":
        return t("failed_signed_out");
      case "ConfirmationRequired":
        return t("failed_not_confirmed");
      case "SecondFactorRequired":
        return t("failed_second_factor");
      case "ProviderUnreachable":
        return t("failed_provider", { name: failure.data.name });
      case "Forbidden":
        return t("failed_forbidden");
      case "NotFound":
        return t("failed_gone");
      case "Conflict":
        return t(conflictWords(failure.data));
      default:
        return failureWords(failure, tFailures);
    }
  };
}
