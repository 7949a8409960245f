import type { RunState } from "@lectern/contract/live";
import type { RunDetail } from "@lectern/contract/runs";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useApi } from "../data/api.ts";
import { runInput } from "../data/inputs.ts";
import { type PlacesNews, placesNews } from "./places-news.ts";
import { useWatch } from "./use-watch.ts";
import { withState } from "./with-state.ts";

/**
 * Keeps the places of a run up to date while its page stands.
 *
 * @returns how many parties wait (`null` while that is not known), and what changed last that matters
 */
export function useLiveRun(run: RunDetail): { waiting: number | null; news?: PlacesNews } {
  const api = useApi();
  const queryClient = useQueryClient();
  const [waiting, setWaiting] = useState<number | null>(null);
  const [news, setNews] = useState<PlacesNews>();
  useWatch({
    of: (client) => client.runs.watch,
    input: { runIds: [run.id] },
    onData(state: RunState) {
      const query = api.runs.byId.queryKey(runInput(run.id));
      const known = queryClient.getQueryData(query) ?? run;
      const now = withState(known, state);
      if (now !== known) queryClient.setQueryData(query, now);
      setWaiting(state.waiting);
      setNews((last) => placesNews(known.bookability, state.bookability) ?? last);
    },
  });
  return { waiting, ...(news && { news }) };
}
