import { useTranslations } from "use-intl";
import { TextField } from "../forms/fields.tsx";
import type { FieldProblems } from "../forms/use-contract-form.ts";
import { carryAddress } from "./typed-address.ts";

interface AddressFieldProps {
  readonly problems: FieldProblems;
  /** What the browser fills in; the address itself unless given. */
  readonly autoComplete?: string;
}

/** The address that somebody signs in with. Gone through several such pages, it is typed once. */
export function AddressField({ problems, autoComplete = "username" }: AddressFieldProps) {
  const t = useTranslations("forms");
  return (
    <TextField
      ref={carryAddress}
      name="email"
      type="email"
      label={t("email")}
      autoComplete={autoComplete}
      problems={problems}
    />
  );
}
