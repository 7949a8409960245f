import { NativeSelect } from "@mantine/core";
import type { ReactNode } from "react";
import { type FieldProps, useProblem } from "../forms/fields.tsx";
import "./select-field.css";

interface SelectFieldProps extends Omit<FieldProps, "isOptional"> {
  readonly value: string;
  readonly autoComplete?: string;
  /** The options. */
  readonly children: ReactNode;
}

/** One of several. */
export function SelectField(props: SelectFieldProps) {
  const { name, label, hint, problems, value, children, autoComplete } = props;
  return (
    <NativeSelect
      name={name}
      label={label}
      error={useProblem(problems, name)}
      description={hint}
      defaultValue={value}
      size="md"
      rightSection={<span className="select-field-arrow" />}
      {...(autoComplete && { autoComplete })}
    >
      {children}
    </NativeSelect>
  );
}
