import type { Facets } from "@lectern/contract/filters";
import { useTranslations } from "use-intl";
import type { Choice } from "./filter-search.ts";
import "./facet-group.css";

/** Longer lists show so many at first. */
const SHOWN = 10;

type FacetValue = Facets["topics"][number];

interface FacetGroupProps {
  readonly name: Choice;
  readonly values: readonly FacetValue[];
  readonly chosen: readonly string[] | undefined;
  /** Names a value; without it the value's own label does. */
  readonly label?: (value: string, label: string) => string;
  readonly isOpen?: boolean;
}

/** The values with those that are chosen but would leave nothing: they must be there to be taken away. */
function withChosen(values: readonly FacetValue[], chosen: readonly string[]): FacetValue[] {
  const known = new Set(values.map(({ value }) => value));
  const missing = chosen.filter((value) => !known.has(value));
  return [...values, ...missing.map((value) => ({ value, label: value, count: 0 }))];
}

/** A filter of several choices, each with what it would leave. */
export function FacetGroup({ name, values, chosen = [], label, isOpen = false }: FacetGroupProps) {
  const t = useTranslations("filters");
  const all = withChosen(values, chosen);
  if (all.length === 0) return null;
  const option = ({ value, label: own, count }: FacetValue) => (
    <label key={value} className="facet-group-option">
      <input
        type="checkbox"
        name={name}
        value={value}
        checked={chosen.includes(value)}
        onChange={() => {}}
      />
      <span suppressHydrationWarning>{label?.(value, own) ?? own}</span>
      <span className="facet-group-count figures">{count}</span>
    </label>
  );
  const rest = all.slice(SHOWN);
  return (
    <details className="facet-group" open={isOpen || chosen.length > 0}>
      <summary className="facet-group-title">{t(name)}</summary>
      <fieldset>
        <legend className="visually-hidden">{t(name)}</legend>
        {all.slice(0, SHOWN).map(option)}
        {rest.length === 0 ? null : (
          <details open={rest.some(({ value }) => chosen.includes(value))}>
            <summary className="facet-group-more">{t("showAll", { count: all.length })}</summary>
            {rest.map(option)}
          </details>
        )}
      </fieldset>
    </details>
  );
}
