import type { Me } from "@lectern/contract/accounts";
import { useTranslations } from "use-intl";
import { AccountPart } from "../../../account/account-frame.tsx";
import { useRoleWords } from "../../../account/role-words.ts";
import { Localized } from "../../../components/localized.tsx";
import { countryName } from "../../../format/names.ts";

/** What somebody is to the academy, and where. */
export function Roles({ roles }: Pick<Me, "roles">) {
  const t = useTranslations("profile");
  const words = useRoleWords();
  return (
    <AccountPart id="roles" title={t("roles")} words={t("rolesWords")}>
      <ul className="profile-roles">
        {roles.map(({ role, organisation, country }) => (
          <li key={`${role} ${organisation?.id ?? ""} ${country ?? ""}`}>
            <strong>{words(role)}</strong>
            {organisation === null ? null : `, ${organisation.name}`}
            {country === null ? null : (
              <>
                , <Localized>{countryName(country)}</Localized>
              </>
            )}
          </li>
        ))}
      </ul>
    </AccountPart>
  );
}
