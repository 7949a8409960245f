import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { useApi } from "../../../data/api.ts";
import { formatDays } from "../../../format/dates.ts";
import { language } from "../../../language/language.ts";

/** What can be looked for by its name. */
export type FindKind = "run" | "course" | "organisation";

export interface FoundOption {
  readonly id: string;
  readonly words: string;
  /** What tells it from others of the same name. */
  readonly note: string;
}

const MOST = 8;

/**
 * @param query what is typed; without anything, the first ones
 * @param isAsked whether anybody looks
 */
export function useFoundOptions(kind: FindKind, query: string, isAsked: boolean) {
  const api = useApi();
  const tRun = useTranslations("run");
  const options = (of: FindKind) => ({
    enabled: isAsked && kind === of,
    placeholderData: keepPreviousData,
  });
  const page = { query: query === "" ? null : query, limit: MOST };
  const runs = useQuery(
    api.runs.upcoming.queryOptions({ ...page, language: language() }, options("run")),
  );
  const courses = useQuery(
    api.courses.list.queryOptions({ ...page, language: language() }, options("course")),
  );
  const organisations = useQuery(
    api.organisations.list.queryOptions(page, options("organisation")),
  );
  const found: Record<FindKind, readonly FoundOption[]> = {
    run: (runs.data?.items ?? []).map(({ id, course, localStart, localEnd, venue }) => ({
      id,
      words: course.title,
      note: [formatDays(localStart, localEnd), venue?.city ?? tRun("online"), course.code].join(
        " · ",
      ),
    })),
    course: (courses.data?.items ?? []).map(({ id, title, code }) => ({
      id,
      words: title,
      note: code,
    })),
    organisation: (organisations.data?.items ?? []).map(({ id, name, country }) => ({
      id,
      words: name,
      note: country,
    })),
  };
  const isFetching = { run: runs, course: courses, organisation: organisations }[kind].isFetching;
  return { options: isAsked ? found[kind] : [], isFetching };
}

/** @returns what something that is chosen is called, once that is known */
export function useNamed(kind: FindKind, id: string): string | undefined {
  const api = useApi();
  const run = useQuery(api.runs.forStaff.queryOptions({ id }, { enabled: kind === "run" }));
  const course = useQuery(
    api.courses.forEditing.queryOptions({ id }, { enabled: kind === "course" }),
  );
  const organisation = useQuery(
    api.organisations.byId.queryOptions({ id }, { enabled: kind === "organisation" }),
  );
  switch (kind) {
    case "run":
      return (
        run.data &&
        `${run.data.course.title}, ${formatDays(run.data.localStart, run.data.localEnd)}`
      );
    case "course":
      return course.data?.title;
    case "organisation":
      return organisation.data?.name;
  }
}
