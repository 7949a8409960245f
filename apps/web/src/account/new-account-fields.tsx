import { useTranslations } from "use-intl";
import { TextField } from "../forms/fields.tsx";
import type { FieldProblems } from "../forms/use-contract-form.ts";
import { AddressField } from "./address-field.tsx";
import { PasswordField } from "./password-field.tsx";

/** Whose account it will be, and the password that they choose. */
export function NewAccountFields({ problems }: { problems: FieldProblems }) {
  const tForms = useTranslations("forms");
  return (
    <>
      <TextField name="name" label={tForms("name")} autoComplete="name" problems={problems} />
      <AddressField problems={problems} />
      <NewPasswordField label="password" problems={problems} />
    </>
  );
}

interface NewPasswordFieldProps {
  readonly label: "password" | "newPassword";
  readonly problems: FieldProblems;
}

/** A password that somebody chooses. */
export function NewPasswordField({ label, problems }: NewPasswordFieldProps) {
  const t = useTranslations("account");
  return (
    <PasswordField
      name="password"
      label={t(label)}
      hint={t("passwordHint")}
      autoComplete="new-password"
      problems={problems}
    />
  );
}
