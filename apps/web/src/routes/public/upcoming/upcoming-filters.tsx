import type { Facets } from "@lectern/contract/filters";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useId } from "react";
import { useTranslations } from "use-intl";
import { pathHere } from "../../../language/addresses.ts";
import { useFacetLabel } from "../filters/facet-label.ts";
import { type FilterSearch, countFilters, filterSearchOfForm } from "../filters/filter-search.ts";
import { NoScriptSubmit } from "../filters/no-script-submit.tsx";
import "./upcoming-filters.css";

interface UpcomingFiltersProps {
  readonly search: FilterSearch;
  readonly facets: Facets;
  readonly onChange: (search: FilterSearch) => void;
}

/** Where, how, on what and from when: one choice each, in a form that works without scripts. */
export function UpcomingFilters({ search, facets, onChange }: UpcomingFiltersProps) {
  const t = useTranslations("upcoming");
  const label = useFacetLabel();
  function change(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    onChange(filterSearchOfForm(event.currentTarget));
  }
  return (
    <form
      className="upcoming-filters"
      action={pathHere("/upcoming")}
      method="get"
      aria-label={t("filters")}
      onSubmit={change}
      onChange={change}
    >
      <OneOf
        name="city"
        label={t("city")}
        any={t("cityAny")}
        chosen={search.city}
        values={facets.cities}
      />
      <OneOf
        name="mode"
        label={t("mode")}
        any={t("modeAny")}
        chosen={search.mode}
        values={facets.deliveryModes.map((each) => ({ ...each, label: label.mode(each.value) }))}
      />
      <OneOf
        name="topic"
        label={t("topic")}
        any={t("topicAny")}
        chosen={search.topic}
        values={facets.topics}
      />
      <label className="upcoming-filters-one">
        <span className="label">{t("from")}</span>
        <input
          key={search.from}
          className="field"
          type="date"
          name="from"
          defaultValue={search.from}
        />
      </label>
      <NoScriptSubmit />
      {countFilters(search) === 0 ? null : (
        <Link to="/upcoming" resetScroll={false}>
          {t("clear")}
        </Link>
      )}
    </form>
  );
}

interface OneOfProps {
  readonly name: "city" | "mode" | "topic";
  readonly label: string;
  readonly any: string;
  readonly chosen: readonly string[] | undefined;
  readonly values: readonly { readonly value: string; readonly label: string }[];
}

function OneOf({ name, label, any, chosen, values }: OneOfProps) {
  const id = useId();
  const [value = ""] = chosen ?? [];
  const isKnown = value === "" || values.some((each) => each.value === value);
  return (
    <p className="upcoming-filters-one">
      <label htmlFor={id} className="label">
        {label}
      </label>
      <select id={id} name={name} className="select" value={value} onChange={() => {}}>
        <option value="">{any}</option>
        {isKnown ? null : <option value={value}>{value}</option>}
        {values.map((each) => (
          <option key={each.value} value={each.value}>
            {each.label}
          </option>
        ))}
      </select>
    </p>
  );
}
