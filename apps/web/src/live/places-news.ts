import type { RunSummary } from "@lectern/contract/runs";

type Bookability = RunSummary["bookability"];

/** What is worth saying of a run's places when they change. Numbers that only grow or shrink are not. */
export type PlacesNews = "newsSoldOut" | "newsFree" | "newsClosed";

/** @returns what to say, or `undefined` where it does not matter to who wants to book */
export function placesNews(before: Bookability, after: Bookability): PlacesNews | undefined {
  if (before === after) return undefined;
  if (after === "open") return "newsFree";
  if (after === "sold_out") return before === "open" ? "newsSoldOut" : undefined;
  return before === "open" || before === "sold_out" ? "newsClosed" : undefined;
}
