import { isLecternError, newIdempotencyKey } from "@lectern/client";
import type { IdentityAnswer } from "@lectern/contract/identity";
import { useMutation } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { AccountPending } from "../../../account/account-pending.tsx";
import { EntryFrame } from "../../../account/entry-frame.tsx";
import { nextPage } from "../../../account/next-page.ts";
import { SecondStep } from "../../../account/second-step.tsx";
import { useAccountWords } from "../../../account/use-account-words.ts";
import { useEnter } from "../../../account/use-enter.ts";
import { LinkButton } from "../../../components/button.tsx";
import { useApi } from "../../../data/api.ts";
import { AccountWords } from "../../../messages/account-words.tsx";
import { LinkAccount } from "./link-account.tsx";

const route = getRouteApi("/sign-in/openid/$provider");

export function OpenidPage() {
  return (
    <AccountWords>
      <Openid />
    </AccountWords>
  );
}

/** Hands over what the provider gave along, and goes on. */
function Openid() {
  const { state, code, iss } = route.useSearch();
  const { provider } = route.useParams();
  const navigate = useNavigate();
  const enter = useEnter();
  const isBegun = useRef(false);
  const [answer, setAnswer] = useState<IdentityAnswer>();
  const { mutate, error } = useMutation(
    useApi().identity.finish.mutationOptions({
      onSuccess: (given) => {
        if (given.state === "signed_in") void enter(nextPage(given.returnTo));
        else setAnswer(given);
      },
    }),
  );
  const [isRefused, setIsRefused] = useState(false);
  useEffect(() => {
    if (isBegun.current) return;
    isBegun.current = true;
    if (state === undefined || code === undefined) {
      setIsRefused(true);
      return;
    }
    mutate({ provider, state, code, ...(iss && { iss }), idempotencyKey: newIdempotencyKey() });
    // It is good once, and nobody's to be found in a history.
    void navigate({ to: ".", search: {}, replace: true });
  }, [provider, state, code, iss, mutate, navigate]);

  if (isRefused || error !== null) return <Failed failure={error} />;
  if (answer === undefined || answer.state === "signed_in") {
    return <AccountPending failure={null} onRetry={nothing} />;
  }
  const next = nextPage(answer.returnTo);
  if (answer.state === "link_needed") return <LinkAccount needed={answer} next={next} />;
  return (
    <SecondStep
      step={answer}
      onDone={() => enter(next)}
      onAgain={() => void navigate({ to: "/sign-in", search: { next }, replace: true })}
    />
  );
}

function nothing(): void {}

/** @param failure why it did not work; `null` where the provider did not let them in */
function Failed({ failure }: { failure: unknown }) {
  const t = useTranslations("openid");
  const words = useAccountWords();
  function said(): string {
    if (failure === null) return t("refusedWords");
    if (isLecternError(failure, "LinkNotUsable")) return t("overWords");
    if (isLecternError(failure, "SignInFailed") && failure.data.reason === "wrong") {
      return t("failedWords");
    }
    return words(failure);
  }
  return (
    <EntryFrame title={t("failedHeading")} lede={said()}>
      <p>
        <LinkButton to="/sign-in">{t("back")}</LinkButton>
      </p>
    </EntryFrame>
  );
}
