import { useRouter } from "@tanstack/react-router";
import { useEffect } from "react";

/**
 * After a change of page, puts the focus on its heading: who listens hears where they are, and who
 * uses the keyboard goes on from there. A change of filters on the same page leaves it where it is.
 */
export function FocusOnNavigation() {
  const router = useRouter();
  useEffect(
    () =>
      router.subscribe("onRendered", ({ fromLocation, toLocation, pathChanged }) => {
        if (fromLocation === undefined || !pathChanged || toLocation.hash !== "") return;
        const heading = document.querySelector<HTMLElement>("main h1");
        const target = heading ?? document.querySelector<HTMLElement>("main");
        target?.setAttribute("tabindex", "-1");
        target?.focus({ preventScroll: true });
      }),
    [router],
  );
  return null;
}
