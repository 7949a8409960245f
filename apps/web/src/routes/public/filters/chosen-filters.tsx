import type { Facets } from "@lectern/contract/filters";
import { Link } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import { formatDay } from "../../../format/dates.ts";
import { formatMoney, minorUnits } from "../../../format/money.ts";
import { countryName, languageName } from "../../../format/names.ts";
import { useFacetLabel } from "./facet-label.ts";
import { CHOICES, type Choice, type FilterSearch } from "./filter-search.ts";
import "./chosen-filters.css";

interface Chosen {
  readonly key: string;
  readonly label: string;
  /** The address without it. */
  readonly without: FilterSearch;
}

function useChosen(search: FilterSearch, facets: Facets): Chosen[] {
  const t = useTranslations("filters");
  const label = useFacetLabel();
  const labels: Readonly<Record<Choice, (value: string) => string>> = {
    topic: (slug) => facets.topics.find(({ value }) => value === slug)?.label ?? slug,
    level: label.level,
    language: languageName,
    mode: label.mode,
    country: countryName,
    city: (city) => city,
  };
  const chosen: Chosen[] = CHOICES.flatMap((choice) =>
    (search[choice] ?? []).map((value) => ({
      key: `${choice}-${value}`,
      label: labels[choice](value),
      without: { ...search, [choice]: search[choice]?.filter((other) => other !== value) },
    })),
  );
  const { from, to, currency, max } = search;
  if (from !== undefined) {
    const label = t("onOrAfter", { day: formatDay(from) });
    chosen.push({ key: "from", label, without: { ...search, from: undefined } });
  }
  if (to !== undefined) {
    const label = t("onOrBefore", { day: formatDay(to) });
    chosen.push({ key: "to", label, without: { ...search, to: undefined } });
  }
  if (currency !== undefined) {
    const amount = (max ?? 0) * minorUnits(currency);
    const label =
      max === undefined ? currency : t("upTo", { price: formatMoney({ amount, currency }) });
    chosen.push({
      key: "price",
      label,
      without: { ...search, currency: undefined, max: undefined },
    });
  }
  return chosen;
}

interface ChosenFiltersProps {
  readonly to: "/courses";
  readonly search: FilterSearch;
  readonly facets: Facets;
}

/** What the list is narrowed by, each with a link to the list without it. */
export function ChosenFilters({ to, search, facets }: ChosenFiltersProps) {
  const t = useTranslations("filters");
  const chosen = useChosen(search, facets);
  if (chosen.length === 0) return null;
  return (
    <ul className="chosen-filters" aria-label={t("chosen")}>
      {chosen.map(({ key, label, without }) => (
        <li key={key}>
          <Link
            to={to}
            search={{ ...without, cursor: undefined }}
            className="chosen-filters-one"
            aria-label={t("remove", { choice: label })}
            resetScroll={false}
            suppressHydrationWarning
          >
            {label}
          </Link>
        </li>
      ))}
      <li>
        <Link to={to} search={{ q: search.q }} className="chosen-filters-clear" resetScroll={false}>
          {t("clear")}
        </Link>
      </li>
    </ul>
  );
}
