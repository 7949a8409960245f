import type { AnyRouter } from "@tanstack/react-router";

/**
 * @param path of a page, as routes know it
 * @returns whether a router has a page for it. That of the first pages has none for what is opened by links in mails,
 *   nor for the back office: see `whole-tree.ts`
 */
export function knows(router: AnyRouter, path: string): boolean {
  const [, rest, route] = router.getMatchedRoutes(path);
  return route !== undefined && !Object.hasOwn(rest, "**");
}
