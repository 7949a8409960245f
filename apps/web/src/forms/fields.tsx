import { Checkbox, TextInput, Textarea } from "@mantine/core";
import type { ReactNode, RefCallback } from "react";
import { useTranslations } from "use-intl";
import type { FieldProblems } from "./use-contract-form.ts";
import "./fields.css";

export interface FieldProps {
  /** The path in the contract's shape, such as `booker.email`. */
  readonly name: string;
  readonly label: ReactNode;
  readonly problems: FieldProblems;
  readonly isOptional?: boolean;
  readonly hint?: string;
}

/** @returns what is wrong with a field, in words */
export function useProblem(problems: FieldProblems, name: string): string | undefined {
  const t = useTranslations("forms");
  const problem = problems[name];
  if (problem === undefined || typeof problem === "string") return problem && t(problem);
  return "said" in problem ? problem.said : t("tooShort", { count: String(problem.tooShort) });
}

function useLabel(label: ReactNode, isOptional = false): ReactNode {
  const t = useTranslations("forms");
  if (!isOptional) return label;
  return (
    <>
      {label} <span className="field-optional">({t("optional")})</span>
    </>
  );
}

interface TextFieldProps extends FieldProps {
  readonly type?: "text" | "email" | "tel" | "number";
  readonly autoComplete?: string;
  readonly min?: number;
  readonly inputMode?: "numeric" | "text";
  readonly ref?: RefCallback<HTMLInputElement>;
  /** What stands there at first. */
  readonly value?: string;
}

/** One line of text. */
export function TextField(props: TextFieldProps) {
  const { name, hint, type = "text", isOptional } = props;
  return (
    <TextInput
      name={name}
      type={type}
      label={useLabel(props.label, isOptional)}
      error={useProblem(props.problems, name)}
      description={hint}
      size="md"
      {...(props.ref && { ref: props.ref })}
      {...(props.autoComplete && { autoComplete: props.autoComplete })}
      {...(props.inputMode && { inputMode: props.inputMode })}
      {...(props.min !== undefined && { min: props.min })}
      {...(props.value !== undefined && { defaultValue: props.value })}
      {...(!isOptional && { "aria-required": true })}
    />
  );
}

interface LongTextFieldProps extends FieldProps {
  readonly rows?: number;
  /** What stands there at first. */
  readonly value?: string;
  readonly autoComplete?: string;
}

/** Several lines of text. */
export function LongTextField(props: LongTextFieldProps) {
  const { name, hint, rows = 5, isOptional } = props;
  return (
    <Textarea
      name={name}
      label={useLabel(props.label, isOptional)}
      error={useProblem(props.problems, name)}
      description={hint}
      rows={rows}
      size="md"
      {...(props.autoComplete && { autoComplete: props.autoComplete })}
      {...(props.value !== undefined && { defaultValue: props.value })}
      {...(!isOptional && { "aria-required": true })}
    />
  );
}

/** A tick, which has to be set unless it is optional. */
export function ConsentField(props: FieldProps) {
  return (
    <Checkbox
      name={props.name}
      label={props.label}
      error={useProblem(props.problems, props.name)}
      {...(!props.isOptional && { "aria-required": true })}
    />
  );
}
