import { useTranslations } from "use-intl";
import { FilterSection } from "../filters/filter-section.tsx";
import type { CatalogueSearch } from "./search.ts";

/** Between which days a run may begin. */
export function DateFields({ search }: { search: CatalogueSearch }) {
  const t = useTranslations("filters");
  const { from, to } = search;
  return (
    <FilterSection title={t("dates")} isOpen={(from ?? to) !== undefined}>
      <label className="filter-section-field">
        {t("from")}
        <input key={from} className="field" type="date" name="from" defaultValue={from} />
      </label>
      <label className="filter-section-field">
        {t("to")}
        <input key={to} className="field" type="date" name="to" defaultValue={to} />
      </label>
    </FilterSection>
  );
}
