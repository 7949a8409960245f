import { useTranslations } from "use-intl";
import { Button } from "../components/button.tsx";
import { useFocusOnChange } from "../components/use-focus.ts";
import { AccountWords } from "../messages/account-words.tsx";
import { setCutOff } from "./cut-off.ts";
import { useSignOut } from "./use-sign-out.ts";

/**
 * Stands in the place of any page while somebody wants to be signed out and the server can't be told: nothing of them
 * is shown any more, and what still stands is said.
 */
export function CutOffPage() {
  return (
    <AccountWords>
      <CutOff />
    </AccountWords>
  );
}

function CutOff() {
  const t = useTranslations("account");
  const { signOut, isPending } = useSignOut();
  const heading = useFocusOnChange<HTMLHeadingElement>("cut-off", true);
  return (
    <div className="page error-page">
      <h1 ref={heading} tabIndex={-1}>
        {t("cutOffHeading")}
      </h1>
      <p className="error-page-words">{t("cutOffWords")}</p>
      <p>
        <Button isBusy={isPending} onClick={signOut}>
          {t("cutOffRetry")}
        </Button>{" "}
        <Button variant="outline" onClick={() => setCutOff(false)}>
          {t("cutOffStay")}
        </Button>
      </p>
    </div>
  );
}
