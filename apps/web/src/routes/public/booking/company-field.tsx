import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { SelectField } from "../../../account/select-field.tsx";
import { useSignedInHint } from "../../../account/signed-in-hint.ts";
import { useApi } from "../../../data/api.ts";
import type { FieldProblems } from "../../../forms/use-contract-form.ts";
import { mayBook, organisationsOf } from "../../../organisation/organisation-role.ts";

/** For which company it is booked: asked of those who may book for one, and of nobody else. */
export function CompanyField({ problems }: { problems: FieldProblems }) {
  const t = useTranslations("booking");
  const isSignedIn = useSignedInHint();
  const { data } = useQuery(useApi().account.me.queryOptions(undefined, { enabled: isSignedIn }));
  const companies = data?.me == null ? [] : organisationsOf(data.me).filter(mayBook);
  if (companies.length === 0) return null;
  return (
    <SelectField
      name="organisationId"
      label={t("bookFor")}
      hint={t("bookForHint")}
      value=""
      problems={problems}
    >
      <option value="">{t("bookForMyself")}</option>
      {companies.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </SelectField>
  );
}
