import { TextInput } from "@mantine/core";
import { fieldText } from "../../../forms/contract-shape.ts";
import { useProblem } from "../../../forms/fields.tsx";
import type { FieldProblems } from "../../../forms/use-contract-form.ts";

interface MomentFieldProps {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly problems: FieldProblems;
  /** What stands there at first. */
  readonly value?: string | null;
}

/** A moment, on the clock of the reader. */
export function MomentField({ name, label, hint, problems, value = null }: MomentFieldProps) {
  return (
    <TextInput
      type="datetime-local"
      name={name}
      label={label}
      description={hint}
      error={useProblem(problems, name)}
      size="md"
      max="2199-12-31T23:59"
      defaultValue={value === null ? "" : localOf(new Date(value))}
    />
  );
}

/** `2027-03-01T09:00` of a moment, on the reader's clock. */
function localOf(at: Date): string {
  const shifted = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}

/** @returns the moment in a field, `null` when it is empty */
export function fieldMoment(data: FormData, name: string): string | null {
  const text = fieldText(data, name);
  if (text === undefined) return null;
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? text : at.toISOString();
}
