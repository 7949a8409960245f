import { useRouter } from "@tanstack/react-router";
import { useEffect } from "react";

/** How long the next page may take to be drawn before the focus goes to what is there, in milliseconds. */
const DRAWN_WITHIN = 5000;

/**
 * After a change of page, puts the focus on its heading: who listens hears where they are, and who
 * uses the keyboard goes on from there. A change of filters on the same page leaves it where it is.
 */
export function FocusOnNavigation() {
  const router = useRouter();
  useEffect(() => {
    let before = headingShown();
    let stopWaiting = () => {};
    const stops = [
      router.subscribe("onBeforeNavigate", () => {
        before = headingShown();
      }),
      router.subscribe("onRendered", ({ fromLocation, toLocation, pathChanged }) => {
        stopWaiting();
        if (fromLocation === undefined || !pathChanged || toLocation.hash !== "") return;
        stopWaiting = afterHeading(before, focusHeading);
      }),
      () => stopWaiting(),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [router]);
  return null;
}

interface Heading {
  readonly element: HTMLElement | null;
  readonly text: string;
}

function headingShown(): Heading {
  const element = document.querySelector<HTMLElement>("main h1");
  return { element, text: element?.textContent ?? "" };
}

function focusHeading(): void {
  const target = headingShown().element ?? document.querySelector<HTMLElement>("main");
  target?.setAttribute("tabindex", "-1");
  target?.focus({ preventScroll: true });
}

/**
 * Calls back once another heading is shown than before: on a slow machine the router says that a page is rendered
 * while the one before is still to be seen.
 *
 * @returns gives up waiting
 */
function afterHeading(before: Heading, then: () => void): () => void {
  const isNext = () => {
    const { element, text } = headingShown();
    return element !== null && (element !== before.element || text !== before.text);
  };
  if (isNext()) {
    then();
    return () => {};
  }
  const stop = () => {
    observer.disconnect();
    clearTimeout(timer);
  };
  const end = () => {
    stop();
    then();
  };
  const observer = new MutationObserver(() => {
    if (isNext()) end();
  });
  const timer = setTimeout(end, DRAWN_WITHIN);
  observer.observe(document.body, { childList: true, characterData: true, subtree: true });
  return stop;
}
