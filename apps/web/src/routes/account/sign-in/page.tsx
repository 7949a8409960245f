import type { SignInAnswer } from "@lectern/contract/accounts";
import { Link, getRouteApi, useRouter } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { EntryFrame } from "../../../account/entry-frame.tsx";
import { nextPage } from "../../../account/next-page.ts";
import { SignInFlow } from "../../../account/sign-in-flow.tsx";
import { useMe } from "../../../account/use-me.ts";
import { PagePending } from "../../../components/page-pending.tsx";
import { AccountWords } from "../../../messages/account-words.tsx";
import { CompanySignIn } from "./company-sign-in.tsx";
import { PasskeySignIn } from "./passkey-sign-in.tsx";
import { PasswordForm } from "./password-form.tsx";
import "./page.css";

const route = getRouteApi("/sign-in");

export function SignInPage() {
  return (
    <AccountWords>
      <SignIn />
    </AccountWords>
  );
}

/**
 * Leads on whoever is signed in already. Until that is known, and if it can't be, the form stands as the server
 * wrote it: somebody may be typing.
 */
function SignIn() {
  const next = nextPage(route.useSearch().next);
  const { data } = useMe();
  const router = useRouter();
  const isSignedIn = data?.me != null;
  useEffect(() => {
    if (isSignedIn) void router.navigate({ href: next, replace: true });
  }, [isSignedIn, next, router]);
  if (isSignedIn) return <PagePending />;
  return (
    <SignInFlow next={next}>{(onAnswer) => <Ways next={next} onAnswer={onAnswer} />}</SignInFlow>
  );
}

interface WaysProps {
  readonly next: string;
  readonly onAnswer: (answer: SignInAnswer) => Promise<void>;
}

function Ways({ next, onAnswer }: WaysProps) {
  const t = useTranslations("signIn");
  const search = route.useSearch();
  const [email, setEmail] = useState<string>();
  return (
    <EntryFrame
      title={t("heading")}
      lede={t("lede")}
      side={
        <>
          <section>
            <h2>{t("sideTitle")}</h2>
            <p>{t("sideWords")}</p>
            <Link to="/sign-up" search={{ next: search.next }} className="onward">
              {t("sideAction")}
            </Link>
          </section>
          <CompanySignIn next={next} email={email} slug={search.provider} />
        </>
      }
    >
      <PasswordForm onEmail={setEmail} onAnswer={onAnswer} />
      <PasskeySignIn onAnswer={onAnswer} />
    </EntryFrame>
  );
}
