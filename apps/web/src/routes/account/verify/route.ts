import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { accountHead } from "../../../account/account-head.ts";
import { rootRoute } from "../../root.tsx";

/** Finishes an account, by the link from a mail: what opens it stands after `#`. */
export const verifyRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/account/verify",
  staticData: { page: "src/routes/account/verify/page.tsx", isPrivate: true },
  component: lazyRouteComponent(() => import("./page.tsx"), "VerifyPage"),
  head: accountHead("accountVerify"),
});
