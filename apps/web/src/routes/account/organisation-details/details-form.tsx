import { isLecternError } from "@lectern/client";
import type { OrganisationDetail } from "@lectern/contract/organisations";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { CallFailure } from "../../../account/call-failure.tsx";
import { Said } from "../../../account/said.tsx";
import { SelectField } from "../../../account/select-field.tsx";
import { useCallForm } from "../../../account/use-call-form.ts";
import { Button } from "../../../components/button.tsx";
import { useApi } from "../../../data/api.ts";
import { fieldText } from "../../../forms/contract-shape.ts";
import { LongTextField, TextField } from "../../../forms/fields.tsx";
import { Form } from "../../../forms/form.tsx";
import { ProblemCount } from "../../../forms/problem-count.tsx";
import { compareNames, countryName } from "../../../format/names.ts";

/** Where companies most often are, beside the one that this one is in. */
const COUNTRIES = ["DE", "DK", "FI", "FR", "GB", "IE", "NL", "NO", "SE", "SG", "TR", "US"];

async function loadShape() {
  const { OrganisationUpdateInput } = await import("@lectern/contract/organisations");
  return OrganisationUpdateInput;
}

interface DetailsFormProps {
  /** What is there as the form begins. */
  readonly organisation: OrganisationDetail;
  /** Reads again what is there; what was typed is gone then. */
  readonly onReload: () => Promise<void>;
}

/** What a company is called, and where its invoices go. It is sent with the version that the form began with. */
export function DetailsForm({ organisation: begunWith, onReload }: DetailsFormProps) {
  const t = useTranslations("organisation");
  const tProfile = useTranslations("profile");
  const api = useApi();
  const queryClient = useQueryClient();
  const [organisation, setOrganisation] = useState(begunWith);
  const [isSaved, setIsSaved] = useState(false);
  const { id, version, country } = organisation;
  const { problems, formProps, sending } = useCallForm({
    loadShape,
    call: api.organisations.update.mutationOptions({ onMutate: () => setIsSaved(false) }),
    inputOf: (data) => ({
      id,
      version,
      changes: {
        name: fieldText(data, "name") ?? "",
        country: fieldText(data, "country"),
        registrationNumber: fieldText(data, "registrationNumber") ?? null,
        billingEmail: fieldText(data, "billingEmail") ?? null,
        billingAddress: fieldText(data, "billingAddress") ?? null,
      },
    }),
    fieldOf: (path) => path.replace(/^changes\./u, ""),
    onDone: (saved) => {
      setOrganisation(saved);
      queryClient.setQueryData(api.organisations.byId.queryKey({ id }), saved);
      setIsSaved(true);
      return queryClient.invalidateQueries(api.account.me.queryFilter());
    },
  });
  const countries = [...new Set([...COUNTRIES, country])].toSorted((one, other) =>
    compareNames(countryName(one), countryName(other)),
  );
  return (
    <Form {...formProps}>
      <CallFailure call={sending} />
      {isLecternError(sending.error, "Conflict") ? (
        <p>
          <Button variant="outline" onClick={() => void onReload()}>
            {tProfile("reload")}
          </Button>
        </p>
      ) : null}
      <ProblemCount problems={problems} />
      <TextField
        name="name"
        label={t("name")}
        value={organisation.name}
        autoComplete="organization"
        problems={problems}
      />
      <div className="form-row">
        <SelectField name="country" label={t("country")} value={country} problems={problems}>
          {countries.map((code) => (
            <option key={code} value={code}>
              {countryName(code)}
            </option>
          ))}
        </SelectField>
        <TextField
          name="registrationNumber"
          label={t("registrationNumber")}
          value={organisation.registrationNumber ?? ""}
          autoComplete="off"
          problems={problems}
          isOptional
        />
      </div>
      <TextField
        name="billingEmail"
        type="email"
        label={t("billingEmail")}
        value={organisation.billingEmail ?? ""}
        autoComplete="off"
        problems={problems}
        isOptional
      />
      <LongTextField
        name="billingAddress"
        label={t("billingAddress")}
        value={organisation.billingAddress ?? ""}
        autoComplete="off"
        rows={4}
        problems={problems}
        isOptional
      />
      <p>
        <Button type="submit" isBusy={sending.isPending}>
          {t(sending.isPending ? "saving" : "save")}
        </Button>
      </p>
      <Said>{isSaved ? t("saved") : ""}</Said>
    </Form>
  );
}
