import { lazyRouteComponent } from "@tanstack/react-router";
import { Suspense } from "react";
import { ConsentNotice } from "../consent/consent-notice.tsx";
import { language } from "../language/language.ts";
import { useIsHydrated } from "./use-is-hydrated.ts";
import "./notices.css";

const LanguageOffer = lazyRouteComponent(() => import("./language-offer.tsx"), "LanguageOffer");

/** What is asked or offered, below everything else and in nobody's way. */
export function Notices() {
  const mayPreferAnother = useIsHydrated() && !navigator.language.startsWith(language());
  return (
    <div className="notices">
      {mayPreferAnother ? (
        <Suspense>
          <LanguageOffer />
        </Suspense>
      ) : null}
      <ConsentNotice />
    </div>
  );
}
