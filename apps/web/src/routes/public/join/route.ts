import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { pageHead } from "../../../seo/page-head.ts";
import { rootRoute } from "../../root.tsx";

interface JoinSearch {
  /** Of the date, for who is signed in. */
  run?: string | undefined;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u;

function joinSearchOf({ run }: Record<string, unknown>): JoinSearch {
  return typeof run === "string" && UUID.test(run) ? { run } : {};
}

/** Where people come to their sessions online: by the link in a mail, whose key stands after `#`, or signed in. */
export const joinRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/join",
  validateSearch: joinSearchOf,
  staticData: { page: "src/routes/public/join/page.tsx", isPrivate: true },
  component: lazyRouteComponent(() => import("./page.tsx"), "JoinPage"),
  head: ({ match: { context } }) =>
    pageHead({
      ...context,
      title: context.translate("titles.join"),
      description: context.translate("titles.accountWords"),
      path: "/join",
      isPrivate: true,
    }),
});
