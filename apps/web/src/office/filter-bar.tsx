import { type ReactNode, useEffect, useEffectEvent, useId, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { formatDay } from "../format/dates.ts";
import { SavedFiltersMenu } from "./saved-filters-menu.tsx";
import type { AddressFilters } from "./use-address-filters.ts";
import { useSettled } from "./use-settled.ts";
import { useShortcut } from "./use-shortcut.ts";
import "./filter-bar.css";

interface Choice {
  readonly value: string;
  readonly words: string;
}

/** One of the filters of a list, as it is chosen. `name` is its name in the address. */
export type FilterField =
  | { readonly kind: "text"; readonly name: string; readonly words: string }
  | {
      readonly kind: "one";
      readonly name: string;
      readonly words: string;
      readonly choices: readonly Choice[];
    }
  | {
      readonly kind: "many";
      readonly name: string;
      readonly words: string;
      readonly choices: readonly Choice[];
    }
  | { readonly kind: "day"; readonly name: string; readonly words: string }
  | { readonly kind: "flag"; readonly name: string; readonly words: string };

type Filters = Readonly<Record<string, unknown>>;

interface FilterBarProps {
  /** Of which list the filters are, for those that are saved: `bookings`. */
  readonly page: string;
  readonly filters: AddressFilters<Filters>;
  /** Of filters of text there should be one: it is where one searches. */
  readonly fields: readonly FilterField[];
  /** What stands at the end: an export, another view. */
  readonly children?: ReactNode;
}

/** The filters of a list: what can be chosen, what is, and what was saved. */
export function FilterBar({ page, filters, fields, children }: FilterBarProps) {
  const t = useTranslations("office");
  const { set } = filters;
  return (
    <section className="filter-bar" aria-label={t("filters")}>
      <div className="filter-bar-fields">
        {fields.map((field) => (
          <Field
            key={field.name}
            field={field}
            value={filters.filters[field.name]}
            onChange={(value) => set({ [field.name]: value })}
          />
        ))}
        {children === undefined ? null : <div className="filter-bar-end">{children}</div>}
      </div>
      <Chips filters={filters} fields={fields} />
      <SavedFiltersMenu page={page} query={filters.query} onApply={filters.apply} />
    </section>
  );
}

interface FieldProps<Kind extends FilterField = FilterField> {
  readonly field: Kind;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function Field({ field, value, onChange }: FieldProps) {
  const t = useTranslations("office");
  switch (field.kind) {
    case "text":
      return <TextField field={field} value={value} onChange={onChange} />;
    case "one":
      return (
        <select
          className="select"
          aria-label={field.words}
          value={textOf(value)}
          onChange={({ target }) => onChange(target.value)}
        >
          <option value="">{t("filterAny", { filter: field.words })}</option>
          {field.choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.words}
            </option>
          ))}
        </select>
      );
    case "many":
      return <ManyField field={field} value={value} onChange={onChange} />;
    case "day":
      return (
        <label className="filter-bar-day">
          <span>{field.words}</span>
          <input
            type="date"
            className="field"
            min="1970-01-01"
            max="2199-12-31"
            value={textOf(value)}
            onChange={({ target }) => onChange(target.value)}
          />
        </label>
      );
    case "flag":
      return (
        <label className="filter-bar-flag">
          <input
            type="checkbox"
            checked={value === true}
            onChange={({ target }) => onChange(target.checked)}
          />
          {field.words}
        </label>
      );
  }
}

const TYPING_MS = 250;

/** Counts once typing rests; `f` goes there. */
function TextField({ field, value, onChange }: FieldProps<FilterField & { kind: "text" }>) {
  const t = useTranslations("office");
  const wanted = textOf(value);
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(wanted);
  const [shown, setShown] = useState(wanted);
  const [sent, setSent] = useState(wanted);
  const settled = useSettled(typed, TYPING_MS);
  if (shown !== wanted) {
    setShown(wanted);
    // Changed elsewhere, by a saved filter or the way back; what is typed meanwhile stays otherwise.
    if (wanted !== sent) setTyped(wanted);
    setSent(wanted);
  }
  const send = useEffectEvent((text: string) => {
    if (text === wanted) return;
    setSent(text);
    onChange(text);
  });
  useEffect(() => send(settled.trim()), [settled]);
  useShortcut("f", t("filterFocus"), { run: () => input.current?.select() });
  return (
    <input
      ref={input}
      type="search"
      className="field filter-bar-text"
      aria-label={field.words}
      placeholder={field.words}
      maxLength={200}
      value={typed}
      onChange={({ target }) => setTyped(target.value)}
    />
  );
}

function valuesOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function ManyField({ field, value, onChange }: FieldProps<FilterField & { kind: "many" }>) {
  const id = useId();
  const chosen = valuesOf(value);
  const details = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    function close({ target }: Event): void {
      const element = details.current;
      if (element?.open === true && target instanceof Node && !element.contains(target)) {
        element.open = false;
      }
    }
    document.addEventListener("pointerdown", close);
    document.addEventListener("focusin", close);
    return () => {
      document.removeEventListener("pointerdown", close);
      document.removeEventListener("focusin", close);
    };
  }, []);
  return (
    <details
      ref={details}
      className="filter-bar-many"
      onKeyDown={(event) => {
        if (event.key !== "Escape" || details.current === null) return;
        details.current.open = false;
        details.current.querySelector("summary")?.focus();
      }}
    >
      <summary className="plain-button">
        {field.words}
        {chosen.length === 0 ? null : <span className="figures">{chosen.length}</span>}
      </summary>
      <fieldset className="filter-bar-choices" aria-labelledby={id}>
        <legend id={id} className="visually-hidden">
          {field.words}
        </legend>
        {field.choices.map((choice) => (
          <label key={choice.value}>
            <input
              type="checkbox"
              checked={chosen.includes(choice.value)}
              onChange={({ target }) =>
                onChange(
                  target.checked
                    ? [...chosen, choice.value]
                    : chosen.filter((one) => one !== choice.value),
                )
              }
            />
            {choice.words}
          </label>
        ))}
      </fieldset>
    </details>
  );
}

interface Chip {
  readonly key: string;
  readonly words: string;
  readonly without: Filters;
}

/** What is chosen, each with a way to take it away. */
function Chips({ filters, fields }: Pick<FilterBarProps, "filters" | "fields">) {
  const t = useTranslations("office");
  const chips = fields.flatMap((field): Chip[] => {
    const { name, words } = field;
    const value = filters.filters[name];
    const none = { [name]: undefined };
    if (value === undefined) return [];
    const named = (text: string) => t("filterChosen", { filter: words, value: text });
    switch (field.kind) {
      case "flag":
        return [{ key: name, words, without: none }];
      case "text":
        return [{ key: name, words: `“${textOf(value)}”`, without: none }];
      case "day":
        return [{ key: name, words: named(formatDay(textOf(value))), without: none }];
      default:
        return (field.kind === "one" ? [value] : valuesOf(value)).map((one) => ({
          key: `${name} ${String(one)}`,
          words: named(field.choices.find((choice) => choice.value === one)?.words ?? String(one)),
          without: { [name]: valuesOf(value).filter((other) => other !== one) },
        }));
    }
  });
  if (chips.length === 0) return null;
  return (
    <ul className="filter-bar-chips" aria-label={t("filtersChosen")}>
      {chips.map(({ key, words, without }) => (
        <li key={key}>
          <button
            type="button"
            className="filter-bar-chip"
            aria-label={t("filterRemove", { filter: words })}
            onClick={() => filters.set(without)}
          >
            {words}
          </button>
        </li>
      ))}
      <li>
        <button type="button" className="filter-bar-clear" onClick={filters.clear}>
          {t("filtersClear")}
        </button>
      </li>
    </ul>
  );
}
