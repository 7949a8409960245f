import { type KeyboardEvent, useId } from "react";
import { useTranslations } from "use-intl";
import { OrderedList } from "./ordered-list.tsx";

interface LinesFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly problem?: string | undefined;
  /** The name of one, numbered: `Outcome {number}`. */
  readonly nameOf: (number: number) => string;
  readonly add: string;
  readonly lines: readonly string[];
  readonly onChange: (lines: readonly string[]) => void;
  readonly most: number;
  readonly lang: string;
  readonly isReadOnly?: boolean;
}

/** Short texts, one below the other, in an order that matters. */
export function LinesField(props: LinesFieldProps) {
  const { label, hint, problem, nameOf, add, lines, onChange, most, lang, isReadOnly } = props;
  const t = useTranslations("officeEditing");
  const id = useId();
  return (
    <div className="editing-field" role="group" aria-labelledby={id}>
      <p id={id} className="editing-field-name">
        {label}
      </p>
      {hint === undefined ? null : <p className="editing-field-hint">{hint}</p>}
      <OrderedList
        label={label}
        items={lines}
        onChange={onChange}
        nameOf={(line, index) => (line.trim() === "" ? nameOf(index + 1) : line)}
        add={{ words: add, item: () => "" }}
        most={most}
        empty={t("none")}
        {...(isReadOnly !== undefined && { isReadOnly })}
      >
        {(line, change, index) => (
          <input
            className="field"
            aria-label={nameOf(index + 1)}
            autoComplete="off"
            lang={lang}
            readOnly={isReadOnly}
            value={line}
            onChange={({ target }) => change(target.value)}
            onKeyDown={addByEnter}
          />
        )}
      </OrderedList>
      {problem === undefined ? null : <p className="editing-field-problem">{problem}</p>}
    </div>
  );
}

/** Enter goes on to the next line, and adds one after the last. */
function addByEnter(event: KeyboardEvent<HTMLInputElement>): void {
  if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
  event.preventDefault();
  const item = event.currentTarget.closest("li");
  const next = item?.nextElementSibling?.querySelector("input");
  if (next != null) next.focus();
  else item?.closest(".ordered-list")?.querySelector<HTMLElement>(":scope > p > button")?.click();
}
