import { TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { type FieldProps, useProblem } from "../forms/fields.tsx";
import "./password-field.css";

interface PasswordFieldProps extends Omit<FieldProps, "isOptional"> {
  readonly autoComplete: "current-password" | "new-password";
}

/** A password, which can be shown to whoever types it, pasted, and filled in by a program that keeps it. */
export function PasswordField({ name, label, hint, problems, autoComplete }: PasswordFieldProps) {
  const t = useTranslations("account");
  const [isShown, setIsShown] = useState(false);
  return (
    <TextInput
      name={name}
      type={isShown ? "text" : "password"}
      label={label}
      error={useProblem(problems, name)}
      description={hint}
      autoComplete={autoComplete}
      autoCapitalize="off"
      autoCorrect="off"
      spellCheck={false}
      aria-required
      size="md"
      rightSectionWidth="4.25rem"
      rightSectionPointerEvents="all"
      rightSection={
        <button
          type="button"
          className="password-field-toggle"
          aria-label={t(isShown ? "hidePassword" : "showPassword")}
          onClick={() => setIsShown(!isShown)}
        >
          {t(isShown ? "hide" : "show")}
        </button>
      }
    />
  );
}

/** Tells programs that keep passwords whose it is, where the address is not asked for. */
export function UsernameField({ email }: { email: string }) {
  return (
    <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
  );
}
