import { useRouter } from "@tanstack/react-router";
import { useEffect } from "react";

/** How long the next page may take to be drawn before the focus goes to what is there, in milliseconds. */
const DRAWN_WITHIN = 5000;

function heading(): HTMLElement | null {
  return document.querySelector<HTMLElement>("main h1");
}

/**
 * After a change of page, puts the focus on its heading: who listens hears where they are, and who
 * uses the keyboard goes on from there. A change of filters on the same page leaves it where it is.
 */
export function FocusOnNavigation() {
  const router = useRouter();
  useEffect(() => {
    let before = heading();
    let text = before?.textContent;
    let frame = 0;
    const stops = [
      router.subscribe("onBeforeNavigate", () => {
        before = heading();
        text = before?.textContent;
      }),
      router.subscribe("onRendered", ({ fromLocation, toLocation, pathChanged }) => {
        cancelAnimationFrame(frame);
        if (fromLocation === undefined || !pathChanged || toLocation.hash !== "") return;
        const latest = performance.now() + DRAWN_WITHIN;
        look();
        // On a slow machine the router says that a page is rendered while the one before is still to be seen.
        function look(): void {
          const found = heading();
          const isNext = found !== null && (found !== before || found.textContent !== text);
          if (!isNext && performance.now() < latest) {
            frame = requestAnimationFrame(look);
            return;
          }
          const target = found ?? document.querySelector<HTMLElement>("main");
          target?.setAttribute("tabindex", "-1");
          target?.focus({ preventScroll: true });
        }
      }),
      () => cancelAnimationFrame(frame),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [router]);
  return null;
}
