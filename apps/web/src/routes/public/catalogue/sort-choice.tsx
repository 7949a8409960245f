import { useId } from "react";
import { useTranslations } from "use-intl";
import { NoScriptSubmit } from "../filters/no-script-submit.tsx";
import { type CatalogueSearch, SORTS, type Sort } from "./search.ts";
import "./sort-choice.css";

const WORDS = {
  relevance: "sortRelevance",
  title: "sortTitle",
  next_run: "sortNextRun",
} as const satisfies Record<Sort, string>;

interface SortChoiceProps {
  readonly search: CatalogueSearch;
  readonly onChange: (search: CatalogueSearch) => void;
}

/** In which order courses are listed. Part of the filters' form, wherever it stands. */
export function SortChoice({ search, onChange }: SortChoiceProps) {
  const t = useTranslations("filters");
  const id = useId();
  const chosen = search.sort ?? (search.q === undefined ? "title" : "relevance");
  const offered = SORTS.filter((sort) => sort !== "relevance" || search.q !== undefined);
  return (
    <p className="sort-choice">
      <label htmlFor={id}>{t("sort")}</label>
      <select
        id={id}
        name="sort"
        form="filters"
        className="select"
        value={chosen}
        onChange={({ target }) => {
          const sort = offered.find((name) => name === target.value);
          onChange({ ...search, sort });
        }}
      >
        {offered.map((sort) => (
          <option key={sort} value={sort}>
            {t(WORDS[sort])}
          </option>
        ))}
      </select>
      <NoScriptSubmit form="filters" />
    </p>
  );
}
