import type { CourseDetail } from "@lectern/contract/courses";
import type { RunState } from "@lectern/contract/live";
import type { RunSummary } from "@lectern/contract/runs";
import { useQueryClient } from "@tanstack/react-query";
import { type RefObject, useState } from "react";
import { useApi } from "../../../data/api.ts";
import { courseInput } from "../../../data/inputs.ts";
import { type PlacesNews, placesNews } from "../../../live/places-news.ts";
import { useIsNear } from "../../../live/use-is-near.ts";
import { useWatch } from "../../../live/use-watch.ts";
import { withState } from "../../../live/with-state.ts";

/** The contract's limit for one subscription. */
const WATCHED_MAX = 50;

/** What changed last that matters, and for which date. */
export interface DateNews {
  readonly run: RunSummary;
  readonly news: PlacesNews;
}

/**
 * Keeps the places of a course's dates up to date, from when the visitor comes near them: most who read
 * about a course never do.
 */
export function useLiveDates(
  course: CourseDetail,
  dates: RefObject<Element | null>,
): DateNews | undefined {
  const api = useApi();
  const queryClient = useQueryClient();
  const isNear = useIsNear(dates);
  const [news, setNews] = useState<DateNews>();
  const { slug, upcomingRuns } = course;
  const runIds = upcomingRuns.slice(0, WATCHED_MAX).map(({ id }) => id);
  useWatch({
    of: (client) => client.runs.watch,
    input: isNear && runIds.length > 0 ? { runIds } : null,
    onData(state: RunState) {
      const query = api.courses.bySlug.queryKey(courseInput(slug));
      const known = queryClient.getQueryData(query)?.upcomingRuns ?? upcomingRuns;
      const before = known.find(({ id }) => id === state.runId);
      if (before === undefined) return;
      const run = withState(before, state);
      if (run === before) return;
      queryClient.setQueryData(
        query,
        (read) =>
          read && {
            ...read,
            upcomingRuns: read.upcomingRuns.map((each) => (each.id === run.id ? run : each)),
          },
      );
      const matters = placesNews(before.bookability, run.bookability);
      if (matters !== undefined) setNews({ run, news: matters });
    },
  });
  return news;
}
