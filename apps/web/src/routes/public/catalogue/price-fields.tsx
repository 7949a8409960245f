import type { Facets } from "@lectern/contract/filters";
import { useTranslations } from "use-intl";
import { FilterSection } from "../filters/filter-section.tsx";
import type { CatalogueSearch } from "./search.ts";

interface PriceFieldsProps {
  readonly search: CatalogueSearch;
  readonly currencies: Facets["currencies"];
}

/** In which currency, and up to what price. */
export function PriceFields({ search, currencies }: PriceFieldsProps) {
  const t = useTranslations("filters");
  const { currency = "", max } = search;
  if (currencies.length === 0 && currency === "") return null;
  const codes = new Set([...currencies.map((each) => each.currency), currency].filter(Boolean));
  return (
    <FilterSection title={t("price")} isOpen={currency !== ""}>
      <label className="filter-section-field">
        {t("currency")}
        <select key={currency} className="select" name="currency" defaultValue={currency}>
          <option value="">{t("currencyAny")}</option>
          {[...codes].map((code) => (
            <option key={code} value={code}>
              {code}
            </option>
          ))}
        </select>
      </label>
      <label className="filter-section-field">
        {t("max")}
        <input
          key={max}
          className="field"
          type="number"
          name="max"
          inputMode="numeric"
          min={1}
          step={1}
          defaultValue={max}
          onBlur={({ target }) => {
            if (target.value !== String(max ?? "")) target.form?.requestSubmit();
          }}
        />
      </label>
    </FilterSection>
  );
}
