import {
  type AnyRouteMatch,
  HeadContent,
  Outlet,
  createRootRouteWithContext,
  lazyRouteComponent,
  useMatches,
  useRouter,
} from "@tanstack/react-router";
import { Suspense } from "react";
import { useTranslations } from "use-intl";
import { useIsCutOff } from "../account/cut-off.ts";
import { FocusOnNavigation } from "../components/focus-on-navigation.tsx";
import { NavigationProgress } from "../components/navigation-progress.tsx";
import { Notices } from "../components/notices.tsx";
import { OfflineNotice } from "../components/offline-notice.tsx";
import { SiteFooter } from "../components/site-footer.tsx";
import { SiteHeader } from "../components/site-header.tsx";
import { language } from "../language/language.ts";
import { ErrorPage } from "./public/error/error-page.tsx";
import type { RouterContext } from "../router.tsx";

/** Of who signs out alone, whose way out has it loaded: see `use-sign-out.ts`. */
const CutOffPage = lazyRouteComponent(() => import("../account/cut-off-page.tsx"), "CutOffPage");

export const rootRoute = createRootRouteWithContext<RouterContext>()({
  head: ({ match, matches }) => ({
    meta: [
      { title: match.context.translate(titleOf(matches)) },
      { name: "description", content: match.context.translate("site.description") },
      { name: "theme-color", content: "#faf9f6", media: "(prefers-color-scheme: light)" },
      { name: "theme-color", content: "#141518", media: "(prefers-color-scheme: dark)" },
    ],
    links: [
      { rel: "icon", href: "/favicon.svg", type: "image/svg+xml" },
      { rel: "apple-touch-icon", href: "/apple-touch-icon.png" },
    ],
  }),
  component: Site,
});

/** The title of pages that have none of their own: those that could not be shown. */
function titleOf(matches: readonly AnyRouteMatch[]) {
  if (matches.some((match) => match.status === "notFound" || match._notFound)) {
    return "failures.notFoundTitle";
  }
  return matches.some((match) => match.status === "error") ? "failures.errorTitle" : "site.name";
}

/** That somebody wants to be signed out and can't be: until that is there, nothing, and so nothing of them. */
function Alone() {
  return (
    <Suspense>
      <CutOffPage />
    </Suspense>
  );
}

/** The document: what every page has around it. Scripts and style sheets are the server's to add. */
function Site() {
  const t = useTranslations("site");
  const { hasFailed = false } = useRouter().options.context;
  const isCutOff = useIsCutOff();
  const isFramed = useMatches({
    select: (matches) => matches.some(({ staticData }) => staticData.isFramed),
  });
  const page = hasFailed ? <ErrorPage /> : isCutOff ? <Alone /> : <Outlet />;
  return (
    <html lang={language()} suppressHydrationWarning>
      <head>
        <HeadContent />
      </head>
      <body>
        <a className="skip-link" href="#main">
          {t("skip")}
        </a>
        <NavigationProgress />
        <OfflineNotice />
        {isFramed && !hasFailed && !isCutOff ? (
          page
        ) : (
          <>
            <SiteHeader />
            <main id="main" tabIndex={-1}>
              {page}
            </main>
            <SiteFooter />
            <Notices />
          </>
        )}
        <FocusOnNavigation />
      </body>
    </html>
  );
}
