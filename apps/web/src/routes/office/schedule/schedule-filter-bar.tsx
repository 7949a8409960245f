import { RUN_STATUSES } from "@lectern/contract/vocabulary";
import { useTranslations } from "use-intl";
import { compareNames, countryName } from "../../../format/names.ts";
import { FilterBar } from "../../../office/filter-bar.tsx";
import type { AddressFilters } from "../../../office/use-address-filters.ts";
import type { Calendar } from "./entries.ts";
import type { ScheduleFilters } from "./filters.ts";
import type { SchedulingOptions } from "./resource-rows.tsx";
import { useStatusWords } from "./use-status-words.ts";

interface ScheduleFilterBarProps {
  readonly address: AddressFilters<ScheduleFilters>;
  readonly options: SchedulingOptions | undefined;
  readonly pages: readonly Calendar[] | undefined;
}

/** By what the calendar can be narrowed. */
export function ScheduleFilterBar({ address, options, pages = [] }: ScheduleFilterBarProps) {
  const t = useTranslations("officeSchedule");
  const words = useStatusWords();
  const venues = options?.venues ?? [];
  const courses = new Map(
    pages.flatMap(({ runs }) => runs.map(({ course }) => [course.id, course.title])),
  );
  const { view: _view, date: _date, ...chosen } = address.filters;
  return (
    <FilterBar
      page="schedule"
      // Which days are shown is no choice that is taken away.
      filters={{
        ...address,
        filters: chosen,
        clear: () =>
          address.set({
            status: undefined,
            country: undefined,
            venue: undefined,
            instructor: undefined,
            course: undefined,
          }),
      }}
      fields={[
        {
          kind: "many",
          name: "status",
          words: t("status"),
          choices: RUN_STATUSES.map((value) => ({ value, words: words(value) })),
        },
        {
          kind: "many",
          name: "country",
          words: t("country"),
          choices: [...new Set(venues.map(({ country }) => country))]
            .map((value) => ({ value, words: countryName(value) }))
            .toSorted((a, b) => compareNames(a.words, b.words)),
        },
        {
          kind: "many",
          name: "venue",
          words: t("venue"),
          choices: venues.map(({ id, name, city }) => ({
            value: id,
            words: t("venueWords", { venue: name, city }),
          })),
        },
        {
          kind: "many",
          name: "instructor",
          words: t("instructor"),
          choices: (options?.instructors ?? []).map(({ id, name }) => ({ value: id, words: name })),
        },
        {
          kind: "one",
          name: "course",
          words: t("course"),
          choices: [...courses]
            .map(([value, title]) => ({ value, words: title }))
            .toSorted((a, b) => compareNames(a.words, b.words)),
        },
      ]}
    />
  );
}
