import { Link, useLocation } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import { CallFailure } from "../../../account/call-failure.tsx";
import { EntryFrame } from "../../../account/entry-frame.tsx";
import { Said } from "../../../account/said.tsx";
import { useCall } from "../../../account/use-call.ts";
import { Button } from "../../../components/button.tsx";
import { useIsHydrated } from "../../../components/use-is-hydrated.ts";
import { useApi } from "../../../data/api.ts";
import { AccountWords } from "../../../messages/account-words.tsx";

declare module "@tanstack/react-router" {
  interface HistoryState {
    /** Where a mail was sent to: kept with the page in the history, in no address. */
    email?: string;
  }
}

export function CheckMailPage() {
  return (
    <AccountWords>
      <CheckMail />
    </AccountWords>
  );
}

/** What to do after signing up. Says the same of an address that has an account already. */
function CheckMail() {
  const t = useTranslations("signUp");
  const kept = useLocation({ select: ({ state }) => state.email });
  const email = useIsHydrated() ? kept : undefined;
  return (
    <EntryFrame
      title={t("mailHeading")}
      lede={email === undefined ? t("mailWordsSomewhere") : t("mailWords", { email })}
    >
      <p>{t("mailNext")}</p>
      {email === undefined ? null : <Resend email={email} />}
      <p>
        <Link to="/sign-up">{t("mailOther")}</Link>
      </p>
    </EntryFrame>
  );
}

function Resend({ email }: { email: string }) {
  const t = useTranslations("signUp");
  const { keyOf, ...resending } = useCall(useApi().account.resendVerification.mutationOptions());
  const wish = { email };
  return (
    <>
      <CallFailure call={resending} />
      <p>
        <Button
          variant="outline"
          isBusy={resending.isPending}
          onClick={() => resending.mutate({ ...wish, idempotencyKey: keyOf(wish) })}
        >
          {t("resend")}
        </Button>
      </p>
      <Said>{resending.isSuccess ? t("resent") : ""}</Said>
    </>
  );
}
