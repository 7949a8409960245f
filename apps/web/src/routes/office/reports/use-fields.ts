import { REPORT_BOOKERS, REPORT_DIMENSIONS } from "@lectern/contract/reports";
import { DELIVERY_MODES, ENQUIRY_KINDS } from "@lectern/contract/vocabulary";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { useApi } from "../../../data/api.ts";
import { compareNames, countryName } from "../../../format/names.ts";
import type { FilterField } from "../../../office/filter-bar.tsx";
import { useKeyWords } from "./report-words.ts";

/** What reports of dates and bookings can be narrowed down to. */
export function usePlaceFields(): FilterField[] {
  const t = useTranslations("officeReports");
  const words = useKeyWords();
  const { data } = useQuery(useApi().reports.options.queryOptions());
  const cities = data?.cities ?? [];
  const countries = [...new Set(cities.map(({ country }) => country))];
  const choice = (value: string, name: string) => ({ value, words: name });
  return [
    {
      kind: "many",
      name: "topic",
      words: t("topic"),
      choices: (data?.topics ?? []).map(({ slug, name }) => choice(slug, name)),
    },
    {
      kind: "many",
      name: "country",
      words: t("country"),
      choices: countries
        .map((code) => choice(code, countryName(code)))
        .toSorted((one, other) => compareNames(one.words, other.words)),
    },
    {
      kind: "many",
      name: "city",
      words: t("city"),
      choices: [...new Set(cities.map(({ city }) => city))]
        .toSorted(compareNames)
        .map((city) => choice(city, city)),
    },
    {
      kind: "many",
      name: "mode",
      words: t("delivery_mode"),
      choices: DELIVERY_MODES.map((mode) =>
        choice(mode, words("delivery_mode", { value: mode, label: mode, country: null })),
      ),
    },
  ];
}

/** The same of bookings, and by what they are told apart. */
export function useBookingFields(): FilterField[] {
  const t = useTranslations("officeReports");
  return [
    ...usePlaceFields(),
    {
      kind: "one",
      name: "booker",
      words: t("booker"),
      choices: REPORT_BOOKERS.map((value) => ({ value, words: t(`booker_${value}`) })),
    },
    {
      kind: "one",
      name: "by",
      words: t("tellApart"),
      choices: REPORT_DIMENSIONS.map((value) => ({ value, words: t(value) })),
    },
  ];
}

export function useEnquiryFields(): FilterField[] {
  const t = useTranslations("officeReports");
  return [
    {
      kind: "many",
      name: "kind",
      words: t("kind"),
      choices: ENQUIRY_KINDS.map((value) => ({ value, words: t(`kind_${value}`) })),
    },
  ];
}
