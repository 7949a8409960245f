import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import { useApi } from "../data/api.ts";
import { formatDays } from "../format/dates.ts";
import { knows } from "../routes/knows.ts";
import type { Permission } from "./may.ts";
import { useMay } from "./office-me.ts";
import { type PaletteGroup, isReference } from "./palette-entry.ts";
import { useSettled } from "./use-settled.ts";

const SHORTEST = 2;
const LONGEST = 200;
const PER_KIND = 5;
const PAUSE_MS = 200;

/** Where records stand, each below its list. What is found is offered where there is a page for it. */
const RECORDS = {
  booking: "/office/bookings/",
  person: "/office/people/",
  organisation: "/office/organisations/",
  course: "/office/courses/",
  run: "/office/runs/",
} as const;

/**
 * What the API finds for what is typed: bookings by their reference, people, organisations, courses and dates. It is
 * asked once typing rests, and what nobody waits for any more is given up.
 */
export function useFound(typed: string): {
  groups: readonly PaletteGroup[];
  isSearching: boolean;
  hasFailed: boolean;
} {
  const t = useTranslations("office");
  const api = useApi();
  const may = useMay();
  const router = useRouter();
  const wanted = typed.trim().slice(0, LONGEST);
  const query = useSettled(wanted, PAUSE_MS);
  const isAsked = query.length >= SHORTEST;

  const options = (kind: keyof typeof RECORDS, permission: Permission, isWanted = true) => ({
    enabled: isAsked && isWanted && may(permission) && knows(router, `${RECORDS[kind]}x`),
    placeholderData: keepPreviousData,
    trpc: { abortOnUnmount: true },
  });
  const page = { query, limit: PER_KIND };
  const booking = useQuery(
    api.bookings.byReference.queryOptions(
      { reference: query },
      options("booking", "bookings.read.any", isReference(query)),
    ),
  );
  const people = useQuery(api.people.list.queryOptions(page, options("person", "people.read")));
  const organisations = useQuery(
    api.organisations.list.queryOptions(page, options("organisation", "organisations.read")),
  );
  const courses = useQuery(
    api.courses.listForEditing.queryOptions(page, options("course", "courses.read")),
  );
  const runs = useQuery(api.runs.upcoming.queryOptions(page, options("run", "runs.read")));

  const privates = useQuery(api.runs.private.queryOptions(page, options("run", "runs.read")));

  function entry(id: string, words: string, note: string, kind: keyof typeof RECORDS) {
    const address = RECORDS[kind] + encodeURIComponent(id);
    return {
      id: address,
      words,
      note,
      address,
      run: () => void router.navigate({ href: address }),
    };
  }
  const isCurrent = isAsked && wanted.length >= SHORTEST;
  const all: readonly PaletteGroup[] = [
    {
      id: "booking",
      title: t("foundBookings"),
      entries:
        booking.data === undefined || !isReference(query)
          ? []
          : [
              entry(
                booking.data.reference,
                booking.data.reference,
                booking.data.booker?.name ?? booking.data.run.course.title,
                "booking",
              ),
            ],
    },
    {
      id: "person",
      title: t("foundPeople"),
      entries: (people.data?.items ?? []).map(({ id, name, email }) =>
        entry(id, name, email, "person"),
      ),
    },
    {
      id: "organisation",
      title: t("foundOrganisations"),
      entries: (organisations.data?.items ?? []).map(({ id, name, country }) =>
        entry(id, name, country, "organisation"),
      ),
    },
    {
      id: "course",
      title: t("foundCourses"),
      entries: (courses.data?.items ?? []).map(({ id, title, code }) =>
        entry(id, title, code, "course"),
      ),
    },
    {
      id: "run",
      title: t("foundRuns"),
      entries: [...(privates.data?.items ?? []), ...(runs.data?.items ?? [])].map(
        ({ id, course, venue, localStart, localEnd }) =>
          entry(
            id,
            course.title,
            [formatDays(localStart, localEnd), venue?.city].filter(Boolean).join(" · "),
            "run",
          ),
      ),
    },
  ];
  const asked = [booking, people, organisations, courses, runs, privates];
  return {
    groups: isCurrent ? all.filter(({ entries }) => entries.length > 0) : [],
    isSearching: wanted !== query || asked.some(({ isFetching }) => isFetching),
    // A reference that is nobody's is no failure.
    hasFailed: isCurrent && asked.slice(1).some(({ isError }) => isError),
  };
}
