import { STAFF_ROLES, StaffRole } from "@lectern/contract/vocabulary";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslations } from "use-intl";
import { useRoleWords } from "../../../account/role-words.ts";
import { SelectField } from "../../../account/select-field.tsx";
import { useApi } from "../../../data/api.ts";
import { fieldText } from "../../../forms/contract-shape.ts";
import type { FieldProblems } from "../../../forms/use-contract-form.ts";
import { countryChoices } from "../../../organisation/countries.ts";
import { isForCountries } from "./use-role-words.ts";

/** What fields say of a role that is to be given; a country that is not asked for is none. */
export function roleOf(data: FormData): { role: string | undefined; country: string | null } {
  const role = StaffRole.safeParse(data.get("role"));
  const isScoped = role.success && isForCountries(role.data);
  return {
    role: fieldText(data, "role"),
    country: isScoped ? (fieldText(data, "country") ?? null) : null,
  };
}

/** Which role somebody is to have for the academy, and where it holds. */
export function RoleFields({ problems }: { problems: FieldProblems }) {
  const t = useTranslations("officePeople");
  const roleWords = useRoleWords();
  const facets = useQuery(useApi().courses.facets.queryOptions({}));
  const [role, setRole] = useState<StaffRole>("sales");
  function follow({ target }: FormEvent): void {
    const chosen =
      target instanceof HTMLSelectElement && target.name === "role"
        ? StaffRole.safeParse(target.value)
        : undefined;
    if (chosen?.success === true) setRole(chosen.data);
  }
  return (
    <div className="office-people-role" onInput={follow}>
      <SelectField
        name="role"
        label={t("role")}
        hint={t(`role_${role}`)}
        value="sales"
        problems={problems}
      >
        {STAFF_ROLES.map((each) => (
          <option key={each} value={each}>
            {roleWords(each)}
          </option>
        ))}
      </SelectField>
      {isForCountries(role) ? (
        <SelectField
          name="country"
          label={t("where")}
          hint={t("whereHint")}
          value=""
          problems={problems}
        >
          <option value="">{t("everywhere")}</option>
          {countryChoices(facets.data?.countries.map(({ value }) => value)).map(
            ({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ),
          )}
        </SelectField>
      ) : null}
    </div>
  );
}
