import { type KeyboardEvent, useId, useState } from "react";
import { useTranslations } from "use-intl";
import { useSettled } from "../../../office/use-settled.ts";
import { type FindKind, useFoundOptions, useNamed } from "./use-found-options.ts";
import "./find-field.css";

interface FindFieldProps {
  /** What is looked for. */
  readonly kind: FindKind;
  readonly label: string;
  /** The id of what is chosen. */
  readonly value: string | undefined;
  readonly onChange: (id: string | undefined) => void;
  readonly hint?: string;
  /** The id of one that is not offered. */
  readonly without?: string;
}

const PAUSE_MS = 200;

/** One record of very many, looked for by its name: the combobox pattern of ARIA. */
export function FindField(props: FindFieldProps) {
  const { value, onChange } = props;
  const id = useId();
  return (
    <div className="find-field">
      <label className="label" htmlFor={id}>
        {props.label}
      </label>
      {value === undefined ? (
        <Search {...props} id={id} />
      ) : (
        <Chosen kind={props.kind} value={value} id={id} onClear={() => onChange(undefined)} />
      )}
      {props.hint === undefined ? null : <p className="aside-note">{props.hint}</p>}
    </div>
  );
}

interface ChosenProps {
  readonly kind: FindKind;
  readonly value: string;
  readonly id: string;
  readonly onClear: () => void;
}

function Chosen({ kind, value, id, onClear }: ChosenProps) {
  const t = useTranslations("officeBookings");
  const named = useNamed(kind, value);
  return (
    <button id={id} type="button" className="find-field-chosen" onClick={onClear}>
      <span>{named ?? t("finding")}</span>
      <span className="find-field-other">{t("findOther")}</span>
    </button>
  );
}

function Search({ kind, onChange, without, id }: FindFieldProps & { id: string }) {
  const t = useTranslations("officeBookings");
  const [typed, setTyped] = useState("");
  const [isOpen, setIsOpen] = useState(false);
  const [position, setPosition] = useState(0);
  const query = useSettled(typed.trim(), PAUSE_MS);
  const found = useFoundOptions(kind, query, isOpen);
  const options = found.options.filter((option) => option.id !== without);
  const current = options[Math.min(position, options.length - 1)];
  const isShown = isOpen && options.length > 0;

  function press(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && options.length > 0) {
      event.preventDefault();
      setIsOpen(true);
      setPosition((before) => (before + step + options.length) % options.length);
    } else if (event.key === "Enter") {
      // A form around it is not sent by what is only looked for.
      event.preventDefault();
      if (isShown && current !== undefined) onChange(current.id);
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      event.stopPropagation();
      setIsOpen(false);
    }
  }
  return (
    <div className="find-field-search">
      <input
        id={id}
        className="field"
        role="combobox"
        autoComplete="off"
        aria-expanded={isShown}
        aria-controls={`${id}list`}
        aria-autocomplete="list"
        aria-activedescendant={isShown && current !== undefined ? `${id}${current.id}` : undefined}
        placeholder={t(`find_${kind}`)}
        maxLength={200}
        value={typed}
        onChange={({ target }) => {
          setTyped(target.value);
          setPosition(0);
          setIsOpen(true);
        }}
        onFocus={() => setIsOpen(true)}
        onBlur={() => setIsOpen(false)}
        onKeyDown={press}
      />
      <ul id={`${id}list`} role="listbox" aria-label={t(`find_${kind}`)} hidden={!isShown}>
        {options.map((option) => (
          <li
            key={option.id}
            id={`${id}${option.id}`}
            role="option"
            aria-selected={option === current}
            // The field keeps the focus.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => onChange(option.id)}
          >
            <span>{option.words}</span>
            <span className="find-field-note">{option.note}</span>
          </li>
        ))}
      </ul>
      <p className="visually-hidden" role="status">
        {isOpen && !found.isFetching ? t("findCount", { count: options.length }) : ""}
      </p>
    </div>
  );
}
