import { Checkbox, TextInput, Textarea } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { FieldProblems } from "./use-contract-form.ts";
import "./fields.css";

interface FieldProps {
  /** The path in the contract's shape, such as `booker.email`. */
  readonly name: string;
  readonly label: ReactNode;
  readonly problems: FieldProblems;
  readonly isOptional?: boolean;
  readonly hint?: string;
}

function useProblem(problems: FieldProblems, name: string): string | undefined {
  const t = useTranslations("forms");
  const problem = problems[name];
  return problem === undefined ? undefined : t(problem);
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
      {...(props.autoComplete && { autoComplete: props.autoComplete })}
      {...(props.min !== undefined && { min: props.min })}
      {...(!isOptional && { "aria-required": true })}
    />
  );
}

/** Several lines of text. */
export function LongTextField(props: FieldProps & { readonly rows?: number }) {
  const { name, hint, rows = 5, isOptional } = props;
  return (
    <Textarea
      name={name}
      label={useLabel(props.label, isOptional)}
      error={useProblem(props.problems, name)}
      description={hint}
      rows={rows}
      size="md"
      {...(!isOptional && { "aria-required": true })}
    />
  );
}

/** A tick that has to be set. */
export function ConsentField(props: FieldProps) {
  return (
    <Checkbox
      name={props.name}
      label={props.label}
      error={useProblem(props.problems, props.name)}
      aria-required
    />
  );
}
