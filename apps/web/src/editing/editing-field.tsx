import { type ReactNode, useId } from "react";
import { useTranslations } from "use-intl";
import "./editing-field.css";

/** What a control needs to belong to its field. */
export interface FieldIds {
  readonly id: string;
  readonly "aria-describedby": string | undefined;
  readonly "aria-invalid": true | undefined;
}

interface EditingFieldProps {
  readonly label: string;
  readonly hint?: string | undefined;
  /** What is wrong with it, in words. */
  readonly problem?: string | undefined;
  /** How long it may be, where that is worth knowing while typing. */
  readonly count?: { readonly now: number; readonly max: number } | undefined;
  readonly children: (ids: FieldIds) => ReactNode;
}

/** A control with its name, what helps with it, and what is wrong with it. */
export function EditingField({ label, hint, problem, count, children }: EditingFieldProps) {
  const t = useTranslations("officeEditing");
  const id = useId();
  const described = [
    ...(hint === undefined ? [] : [`${id}hint`]),
    ...(problem === undefined ? [] : [`${id}problem`]),
  ].join(" ");
  return (
    <div className="editing-field">
      <div className="editing-field-head">
        <label htmlFor={id}>{label}</label>
        {count === undefined ? null : (
          <span className="editing-field-count figures" data-over={count.now > count.max}>
            {t("count", { now: count.now, max: count.max })}
          </span>
        )}
      </div>
      {hint === undefined ? null : (
        <p id={`${id}hint`} className="editing-field-hint">
          {hint}
        </p>
      )}
      {children({
        id,
        "aria-describedby": described === "" ? undefined : described,
        "aria-invalid": problem === undefined ? undefined : true,
      })}
      {problem === undefined ? null : (
        <p id={`${id}problem`} className="editing-field-problem">
          {problem}
        </p>
      )}
    </div>
  );
}

interface TextInputProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly problem?: string | undefined;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Language of what is written. */
  readonly lang?: string | undefined;
  readonly isReadOnly?: boolean;
}

/** One line. */
export function LineField(props: TextInputProps & { readonly inputMode?: "decimal" }) {
  const { label, hint, problem, value, onChange, lang, isReadOnly, inputMode } = props;
  return (
    <EditingField label={label} hint={hint} problem={problem}>
      {(ids) => (
        <input
          {...ids}
          className="field"
          autoComplete="off"
          lang={lang}
          inputMode={inputMode}
          readOnly={isReadOnly}
          value={value}
          onChange={({ target }) => onChange(target.value)}
        />
      )}
    </EditingField>
  );
}

interface AreaFieldProps extends TextInputProps {
  readonly rows?: number;
  /** How long it may be. */
  readonly max?: number;
}

/** Several lines, as high as what is in it. */
export function AreaField(props: AreaFieldProps) {
  const { label, hint, problem, value, onChange, lang, isReadOnly, rows = 3, max } = props;
  const count = max === undefined ? undefined : { now: value.length, max };
  return (
    <EditingField label={label} hint={hint} problem={problem} count={count}>
      {(ids) => (
        <textarea
          {...ids}
          className="field editing-field-area"
          rows={rows}
          lang={lang}
          readOnly={isReadOnly}
          value={value}
          onChange={({ target }) => onChange(target.value)}
        />
      )}
    </EditingField>
  );
}

interface ChoiceFieldProps extends Omit<TextInputProps, "lang"> {
  /** The options. */
  readonly children: ReactNode;
}

/** One of several. */
export function ChoiceField(props: ChoiceFieldProps) {
  const { label, hint, problem, value, onChange, isReadOnly, children } = props;
  return (
    <EditingField label={label} hint={hint} problem={problem}>
      {(ids) => (
        <select
          {...ids}
          className="select"
          disabled={isReadOnly}
          value={value}
          onChange={({ target }) => onChange(target.value)}
        >
          {children}
        </select>
      )}
    </EditingField>
  );
}

interface TicksProps<Value extends string> {
  readonly label: string;
  readonly problem?: string | undefined;
  readonly choices: readonly { readonly value: Value; readonly words: string }[];
  readonly chosen: readonly Value[];
  readonly isReadOnly?: boolean;
  readonly onChange: (chosen: readonly Value[]) => void;
}

/** Any of several, in the order in which they are offered. */
export function TicksField<Value extends string>(props: TicksProps<Value>) {
  const { label, problem, choices, chosen, isReadOnly, onChange } = props;
  return (
    <fieldset className="editing-field-ticks" disabled={isReadOnly}>
      <legend>{label}</legend>
      <div>
        {choices.map(({ value, words }) => (
          <label key={value}>
            <input
              type="checkbox"
              checked={chosen.includes(value)}
              onChange={({ target }) =>
                onChange(
                  choices
                    .map((choice) => choice.value)
                    .filter((one) => (one === value ? target.checked : chosen.includes(one))),
                )
              }
            />
            {words}
          </label>
        ))}
      </div>
      {problem === undefined ? null : <p className="editing-field-problem">{problem}</p>}
    </fieldset>
  );
}
