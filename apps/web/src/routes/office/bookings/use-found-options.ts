import type { RunSummary } from "@lectern/contract/runs";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { useApi } from "../../../data/api.ts";
import { formatDays } from "../../../format/dates.ts";
import { language } from "../../../language/language.ts";

/**
 * What can be looked for by its name. `catalogue` is a course that the catalogue has, known by its slug; `quotable` is a
 * run, with the places that it has left.
 */
export type FindKind = "run" | "quotable" | "course" | "catalogue" | "organisation" | "person";

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
  const tFor = useTranslations("officeRun");
  const options = (of: FindKind) => ({
    enabled: isAsked && kind === of,
    placeholderData: keepPreviousData,
  });
  const page = { query: query === "" ? null : query, limit: MOST };
  const runs = useQuery(
    api.runs.upcoming.queryOptions(
      { ...page, language: language() },
      options(kind === "quotable" ? kind : "run"),
    ),
  );
  // What nobody finds in the catalogue, staff look for most often.
  const privates = useQuery(
    api.runs.private.queryOptions(page, options(kind === "quotable" ? kind : "run")),
  );
  const courses = useQuery(
    api.courses.list.queryOptions(
      { ...page, language: language() },
      options(kind === "catalogue" ? kind : "course"),
    ),
  );
  const organisations = useQuery(
    api.organisations.list.queryOptions(page, options("organisation")),
  );
  const people = useQuery(api.people.list.queryOptions(page, options("person")));
  const ofRun = ({ localStart, localEnd, venue, course }: RunSummary) => [
    formatDays(localStart, localEnd),
    venue?.city ?? tRun("online"),
    course.code,
  ];
  const dates = [
    ...(privates.data?.items ?? []).map((run) => ({
      run,
      of: run.organisation?.name ?? tFor("private"),
    })),
    ...(runs.data?.items ?? []).map((run) => ({ run, of: undefined })),
  ];
  const noteOf = (parts: readonly (string | undefined)[]) =>
    parts.filter((part) => part !== undefined).join(" · ");
  const found: Record<FindKind, readonly FoundOption[]> = {
    run: dates.map(({ run, of }) => ({
      id: run.id,
      words: run.course.title,
      note: noteOf([...ofRun(run), of]),
    })),
    quotable: dates.map(({ run, of }) => ({
      id: run.id,
      words: run.course.title,
      note: noteOf([...ofRun(run), of, tRun("placesLeft", { count: run.placesLeft })]),
    })),
    course: (courses.data?.items ?? []).map(({ id, title, code }) => ({
      id,
      words: title,
      note: code,
    })),
    catalogue: (courses.data?.items ?? []).map(({ slug, title, code }) => ({
      id: slug,
      words: title,
      note: code,
    })),
    organisation: (organisations.data?.items ?? []).map(({ id, name, country }) => ({
      id,
      words: name,
      note: country,
    })),
    person: (people.data?.items ?? []).map(({ id, name, email }) => ({
      id,
      words: name,
      note: email,
    })),
  };
  const asked = {
    run: runs,
    quotable: runs,
    course: courses,
    catalogue: courses,
    organisation: organisations,
    person: people,
  };
  return { options: isAsked ? found[kind] : [], isFetching: asked[kind].isFetching };
}

/** @returns what something that is chosen is called, once that is known */
export function useNamed(kind: FindKind, id: string): string | undefined {
  const api = useApi();
  const isRun = kind === "run" || kind === "quotable";
  const run = useQuery(api.runs.forStaff.queryOptions({ id }, { enabled: isRun }));
  const course = useQuery(
    api.courses.forEditing.queryOptions({ id }, { enabled: kind === "course" }),
  );
  const ofCatalogue = useQuery(
    api.courses.bySlug.queryOptions(
      { slug: id, language: language() },
      { enabled: kind === "catalogue" },
    ),
  );
  const organisation = useQuery(
    api.organisations.byId.queryOptions({ id }, { enabled: kind === "organisation" }),
  );
  const person = useQuery(api.people.byId.queryOptions({ id }, { enabled: kind === "person" }));
  switch (kind) {
    case "run":
    case "quotable":
      return (
        run.data &&
        `${run.data.course.title}, ${formatDays(run.data.localStart, run.data.localEnd)}`
      );
    case "course":
      return course.data?.title;
    case "catalogue":
      return ofCatalogue.data?.title;
    case "organisation":
      return organisation.data?.name;
    case "person":
      return person.data && `${person.data.name}, ${person.data.email}`;
  }
}
