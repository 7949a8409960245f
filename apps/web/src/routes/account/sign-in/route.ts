import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { accountHead } from "../../../account/account-head.ts";
import { type NextSearch, nextSearchOf } from "../../../account/next-page.ts";
import { rootRoute } from "../../root.tsx";

interface SignInSearch extends NextSearch {
  /** Name of the provider of one's company, from a link that the company gives its people. */
  provider?: string | undefined;
}

function signInSearchOf(raw: Record<string, unknown>): SignInSearch {
  const { provider } = raw;
  const isSlug = typeof provider === "string" && /^[a-z0-9-]{1,100}$/u.test(provider);
  return { ...nextSearchOf(raw), ...(isSlug && { provider }) };
}

/** The way into one's account. */
export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sign-in",
  staticData: { page: "src/routes/account/sign-in/page.tsx", isPrivate: true },
  component: lazyRouteComponent(() => import("./page.tsx"), "SignInPage"),
  validateSearch: signInSearchOf,
  head: accountHead("accountSignIn"),
});
