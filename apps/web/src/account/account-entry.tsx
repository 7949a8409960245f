import { Link, lazyRouteComponent } from "@tanstack/react-router";
import { Suspense } from "react";
import { useTranslations } from "use-intl";
import { useIsCutOff } from "./cut-off.ts";
import { useSignedInHint } from "./signed-in-hint.ts";
import "./account-entry.css";

const AccountMenu = lazyRouteComponent(() => import("./account-menu.tsx"), "AccountMenu");

/**
 * The way to one's account, in the head of every page. Servers and caches show it as nobody is signed in; who is
 * sees nothing in its room until their name is there.
 */
export function AccountEntry() {
  const t = useTranslations("site");
  const isSignedIn = useSignedInHint();
  const isCutOff = useIsCutOff();
  if (isCutOff) return <div className="account-entry" />;
  return (
    <div className="account-entry">
      {isSignedIn ? (
        <Suspense>
          <AccountMenu />
        </Suspense>
      ) : (
        <Link to="/sign-in" className="account-entry-way account-entry-out">
          {t("signIn")}
        </Link>
      )}
    </div>
  );
}
