import type { Facets } from "@lectern/contract/filters";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { countryName, languageName } from "../../../format/names.ts";
import { pathHere } from "../../../language/addresses.ts";
import { useFacetLabel } from "../filters/facet-label.ts";
import { FacetGroup } from "../filters/facet-group.tsx";
import { countFilters, filterSearchOfForm } from "../filters/filter-search.ts";
import { NoScriptSubmit } from "../filters/no-script-submit.tsx";
import { DateFields } from "./date-fields.tsx";
import { PriceFields } from "./price-fields.tsx";
import type { CatalogueSearch } from "./search.ts";
import "./filters.css";

interface FiltersProps {
  readonly search: CatalogueSearch;
  readonly facets: Facets;
  readonly onChange: (search: CatalogueSearch) => void;
}

/**
 * The choices of the catalogue: a form that a browser can send by itself. Where scripts run, each change
 * shows at once, and small screens open the form with a button.
 */
export function Filters({ search, facets, onChange }: FiltersProps) {
  const t = useTranslations("filters");
  const [isOpen, setIsOpen] = useState(false);
  const label = useFacetLabel();
  const active = countFilters(search);
  function change(form: HTMLFormElement | null): void {
    if (form !== null) onChange({ ...filterSearchOfForm(form), sort: search.sort });
  }
  return (
    <div className="filters">
      <button
        type="button"
        className="filters-toggle plain-button"
        aria-expanded={isOpen}
        aria-controls="filters"
        onClick={() => setIsOpen(!isOpen)}
      >
        {active === 0 ? t("filters") : t("filtersActive", { count: active })}
      </button>
      <form
        id="filters"
        className="filters-form"
        data-open={isOpen}
        action={pathHere("/courses")}
        method="get"
        aria-label={t("filters")}
        onSubmit={(event) => {
          event.preventDefault();
          change(event.currentTarget);
        }}
        onChange={({ target, currentTarget }) => {
          // Numbers are typed digit by digit: they count when they are finished.
          const isTyped = target instanceof HTMLInputElement && target.type === "number";
          if (!isTyped) change(currentTarget);
        }}
      >
        {search.q === undefined ? null : <input type="hidden" name="q" value={search.q} />}
        <FacetGroup
          name="topic"
          values={facets.topics}
          chosen={search.topic}
          label={label.topic}
          isOpen
        />
        <FacetGroup
          name="level"
          values={facets.levels}
          chosen={search.level}
          label={label.level}
          isOpen
        />
        <FacetGroup
          name="mode"
          values={facets.deliveryModes}
          chosen={search.mode}
          label={label.mode}
          isOpen
        />
        <FacetGroup name="city" values={facets.cities} chosen={search.city} isOpen />
        <FacetGroup
          name="country"
          values={facets.countries}
          chosen={search.country}
          label={countryName}
        />
        <FacetGroup
          name="language"
          values={facets.languages}
          chosen={search.language}
          label={languageName}
        />
        <DateFields search={search} />
        <PriceFields search={search} currencies={facets.currencies} />
        <NoScriptSubmit />
      </form>
    </div>
  );
}
