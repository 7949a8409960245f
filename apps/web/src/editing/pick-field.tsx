import { useId, useState } from "react";
import { useTranslations } from "use-intl";
import { OrderedList } from "./ordered-list.tsx";

interface Choice {
  readonly value: string;
  readonly words: string;
}

interface PickFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly problem?: string | undefined;
  /** What is chosen, in its order. */
  readonly chosen: readonly string[];
  readonly choices: readonly Choice[];
  /** On what adds one: `Add a topic`. */
  readonly add: string;
  readonly onChange: (chosen: readonly string[]) => void;
  readonly most: number;
  readonly isReadOnly?: boolean;
}

/** Some of several, in an order that matters. */
export function PickField(props: PickFieldProps) {
  const { label, hint, problem, chosen, choices, add, onChange, most, isReadOnly = false } = props;
  const t = useTranslations("officeEditing");
  const id = useId();
  const [said, setSaid] = useState("");
  const nameOf = (value: string) =>
    choices.find((choice) => choice.value === value)?.words ?? value;
  const left = choices.filter(({ value }) => !chosen.includes(value));
  return (
    <div className="editing-field" role="group" aria-labelledby={id}>
      <p id={id} className="editing-field-name">
        {label}
      </p>
      {hint === undefined ? null : <p className="editing-field-hint">{hint}</p>}
      <OrderedList
        label={label}
        items={chosen}
        onChange={onChange}
        nameOf={nameOf}
        most={most}
        empty={t("none")}
        isReadOnly={isReadOnly}
      >
        {(value) => <span className="editing-field-picked">{nameOf(value)}</span>}
      </OrderedList>
      {isReadOnly || chosen.length >= most || left.length === 0 ? null : (
        <select
          className="select"
          aria-label={add}
          value=""
          onChange={({ target }) => {
            if (target.value === "") return;
            onChange([...chosen, target.value]);
            setSaid(t("added", { name: nameOf(target.value) }));
          }}
        >
          <option value="">{add}</option>
          {left.map(({ value, words }) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </select>
      )}
      <p className="visually-hidden" role="status">
        {said}
      </p>
      {problem === undefined ? null : <p className="editing-field-problem">{problem}</p>}
    </div>
  );
}
