import { type DehydratedState, type QueryClient, dehydrate, hydrate } from "@tanstack/react-query";

/**
 * What a rendered page hands over to the browser: the answers it was rendered with, and where it
 * stands. It goes into an element that is data, not script, so that no policy has to allow it.
 */
interface HandOver {
  readonly origin: string;
  readonly queries: DehydratedState;
}

const ELEMENT_ID = "lectern-page";

/** @returns the element that carries the answers, safe in HTML whatever they contain */
export function handOverElement(queryClient: QueryClient, origin: string): string {
  const state: HandOver = { origin, queries: dehydrate(queryClient) };
  const json = JSON.stringify(state).replaceAll("<", String.raw`\u003c`);
  return `<script type="application/json" id="${ELEMENT_ID}">${json}</script>`;
}

function isHandOver(value: unknown): value is HandOver {
  return typeof value === "object" && value !== null && "origin" in value && "queries" in value;
}

/**
 * Takes over the answers of the page, in the browser.
 *
 * @returns the origin that the page was rendered for, `undefined` when it was not rendered by a server
 */
export function takeOver(queryClient: QueryClient): string | undefined {
  const text = document.querySelector(`#${ELEMENT_ID}`)?.textContent;
  if (text === undefined) return undefined;
  const state: unknown = JSON.parse(text);
  if (!isHandOver(state)) return undefined;
  hydrate(queryClient, state.queries);
  return state.origin;
}
