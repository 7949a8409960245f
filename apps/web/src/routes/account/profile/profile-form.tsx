import { isLecternError } from "@lectern/client";
import type { Account } from "@lectern/contract/accounts";
import { Link } from "@tanstack/react-router";
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
import { compareNames, languageName } from "../../../format/names.ts";

/** The languages that are offered, beside the one that somebody has. */
const LANGUAGES = [
  "cs",
  "da",
  "de",
  "en",
  "es",
  "fi",
  "fr",
  "it",
  "nb",
  "nl",
  "pl",
  "pt",
  "sv",
  "tr",
];

/** The time zones that this browser knows, and the one that somebody has. */
function timeZones(own: string | null): string[] {
  const known = new Set(Intl.supportedValuesOf("timeZone"));
  if (own !== null) known.add(own);
  return [...known].toSorted();
}

function languages(own: string): string[] {
  const all = new Set([...LANGUAGES, own]);
  return [...all].toSorted((a, b) => compareNames(languageName(a), languageName(b)));
}

async function loadShape() {
  const { UpdateAccountInput } = await import("@lectern/contract/accounts");
  return UpdateAccountInput;
}

interface ProfileFormProps {
  /** What is there as the form begins. */
  readonly account: Account;
  /** Reads again what is there; what was typed is gone then. */
  readonly onReload: () => Promise<void>;
}

/**
 * What somebody tells of themselves. Fields keep what they began with, and so does what is sent along to tell it by:
 * else what is read meanwhile, changed elsewhere, would be overwritten unseen.
 */
export function ProfileForm({ account: begunWith, onReload }: ProfileFormProps) {
  const t = useTranslations("profile");
  const tForms = useTranslations("forms");
  const api = useApi();
  const queryClient = useQueryClient();
  const [account, setAccount] = useState(begunWith);
  const [zones] = useState(() => timeZones(account.timeZone));
  const [isSaved, setIsSaved] = useState(false);
  const { problems, formProps, sending } = useCallForm({
    loadShape,
    call: api.account.update.mutationOptions({ onMutate: () => setIsSaved(false) }),
    inputOf: (data) => ({
      // An empty text, so that the contract says that a name is needed.
      name: fieldText(data, "name") ?? "",
      language: fieldText(data, "language"),
      timeZone: fieldText(data, "timeZone") ?? null,
      phone: fieldText(data, "phone") ?? null,
      address: fieldText(data, "address") ?? null,
      dietaryNeeds: fieldText(data, "dietaryNeeds") ?? null,
      accessNeeds: fieldText(data, "accessNeeds") ?? null,
      version: account.version,
    }),
    onDone: (saved) => {
      setAccount(saved);
      queryClient.setQueryData(api.account.details.queryKey(), saved);
      setIsSaved(true);
      return queryClient.invalidateQueries(api.account.me.queryFilter());
    },
  });
  return (
    <Form {...formProps}>
      <CallFailure call={sending} />
      {isLecternError(sending.error, "Conflict") ? (
        <p>
          <Button variant="outline" onClick={() => void onReload()}>
            {t("reload")}
          </Button>
        </p>
      ) : null}
      <ProblemCount problems={problems} />
      <TextField
        name="name"
        label={tForms("name")}
        value={account.name}
        autoComplete="name"
        problems={problems}
      />
      <div className="profile-address">
        <p className="label">{tForms("email")}</p>
        <p>
          {account.email} · <Link to="/account/security">{t("changeEmail")}</Link>
        </p>
      </div>
      <div className="form-row">
        <SelectField
          name="language"
          label={t("language")}
          hint={t("languageHint")}
          value={account.language}
          problems={problems}
        >
          {languages(account.language).map((tag) => (
            <option key={tag} value={tag}>
              {languageName(tag)}
            </option>
          ))}
        </SelectField>
        <SelectField
          name="timeZone"
          label={t("timeZone")}
          hint={t("timeZoneHint")}
          value={account.timeZone ?? ""}
          problems={problems}
        >
          <option value="">{t("timeZoneNone")}</option>
          {zones.map((zone) => (
            <option key={zone} value={zone}>
              {zone.replaceAll("_", " ")}
            </option>
          ))}
        </SelectField>
      </div>
      <TextField
        name="phone"
        type="tel"
        label={tForms("phone")}
        value={account.phone ?? ""}
        autoComplete="tel"
        problems={problems}
        isOptional
      />
      <LongTextField
        name="address"
        label={t("address")}
        value={account.address ?? ""}
        autoComplete="street-address"
        rows={3}
        problems={problems}
        isOptional
      />
      <LongTextField
        name="dietaryNeeds"
        label={t("dietaryNeeds")}
        hint={t("needsHint")}
        value={account.dietaryNeeds ?? ""}
        rows={2}
        problems={problems}
        isOptional
      />
      <LongTextField
        name="accessNeeds"
        label={t("accessNeeds")}
        hint={t("accessHint")}
        value={account.accessNeeds ?? ""}
        rows={2}
        problems={problems}
        isOptional
      />
      <div className="profile-save">
        <Button type="submit" size="large" isBusy={sending.isPending}>
          {t(sending.isPending ? "saving" : "save")}
        </Button>
        <Said>{isSaved ? t("saved") : ""}</Said>
      </div>
    </Form>
  );
}
