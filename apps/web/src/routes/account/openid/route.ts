import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { accountHead } from "../../../account/account-head.ts";
import { rootRoute } from "../../root.tsx";

/** What a provider gives the browser along. */
interface OpenidSearch {
  state?: string | undefined;
  code?: string | undefined;
  iss?: string | undefined;
}

function openidSearchOf(raw: Record<string, unknown>): OpenidSearch {
  const { state, code, iss } = raw;
  return {
    ...(typeof state === "string" && { state }),
    ...(typeof code === "string" && { code }),
    ...(typeof iss === "string" && { iss }),
  };
}

/** Where the provider of a company sends its people back to: each has an address of its own. */
export const openidRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sign-in/openid/$provider",
  staticData: { page: "src/routes/account/openid/page.tsx", isPrivate: true },
  component: lazyRouteComponent(() => import("./page.tsx"), "OpenidPage"),
  validateSearch: openidSearchOf,
  head: accountHead("accountOpenid"),
});
