import type { WaitlistState } from "@lectern/contract/live";
import type { WaitlistEntryDetail } from "@lectern/contract/waitlist";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useApi } from "../../../data/api.ts";
import { useWatch } from "../../../live/use-watch.ts";
import { type StandingNews, changeOf, standingNews } from "./standing.ts";

/** The states after which nothing comes any more. */
const TERMINAL: readonly WaitlistEntryDetail["status"][] = [
  "accepted",
  "declined",
  "lapsed",
  "withdrawn",
  "closed",
];

/**
 * Keeps a place in a waiting list up to date, in a tab behind others as well: it is what somebody waits for.
 *
 * @returns how many parties wait (`null` while that is not known), and what happened last
 */
export function useLiveEntry(entry: WaitlistEntryDetail, accessKey: string) {
  const api = useApi();
  const queryClient = useQueryClient();
  const [waiting, setWaiting] = useState<number | null>(null);
  const [news, setNews] = useState<StandingNews>();
  const { entryId } = entry;
  useWatch({
    of: (client) => client.waitlist.watch,
    input: TERMINAL.includes(entry.status) ? null : { entryId },
    isForBackground: true,
    onData(state: WaitlistState) {
      const query = api.waitlist.byKey.queryKey({ entryId, accessKey });
      const known = queryClient.getQueryData(query) ?? entry;
      setWaiting(state.waiting);
      setNews((last) => standingNews(known, state) ?? last);
      const change = changeOf(known, state);
      if (change.kind === "unread") void queryClient.invalidateQueries({ queryKey: query });
      if (change.kind === "moved") queryClient.setQueryData(query, change.entry);
    },
  });
  return { waiting, news };
}
