import { useTranslations } from "use-intl";
import { SelectField } from "../account/select-field.tsx";
import { LongTextField, TextField } from "../forms/fields.tsx";
import type { FieldProblems } from "../forms/use-contract-form.ts";
import { countryChoices } from "./countries.ts";
import type { Details } from "./organisation-details.ts";

interface DetailsFieldsProps {
  /** What stands there at first. */
  readonly organisation: Details;
  readonly problems: FieldProblems;
}

/** What a company is called, where it is, and where its invoices go. */
export function DetailsFields({ organisation, problems }: DetailsFieldsProps) {
  const t = useTranslations("organisation");
  const { name, country, registrationNumber, billingEmail, billingAddress } = organisation;
  return (
    <>
      <TextField
        name="name"
        label={t("name")}
        value={name}
        autoComplete="organization"
        problems={problems}
      />
      <div className="form-row">
        <SelectField name="country" label={t("country")} value={country} problems={problems}>
          {countryChoices([country]).map((choice) => (
            <option key={choice.code} value={choice.code}>
              {choice.name}
            </option>
          ))}
        </SelectField>
        <TextField
          name="registrationNumber"
          label={t("registrationNumber")}
          value={registrationNumber ?? ""}
          autoComplete="off"
          problems={problems}
          isOptional
        />
      </div>
      <TextField
        name="billingEmail"
        type="email"
        label={t("billingEmail")}
        value={billingEmail ?? ""}
        autoComplete="off"
        problems={problems}
        isOptional
      />
      <LongTextField
        name="billingAddress"
        label={t("billingAddress")}
        value={billingAddress ?? ""}
        autoComplete="off"
        rows={4}
        problems={problems}
        isOptional
      />
    </>
  );
}
