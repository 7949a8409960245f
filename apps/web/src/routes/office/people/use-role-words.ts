import type { PersonSummary } from "@lectern/contract/people";
import type { StaffRole } from "@lectern/contract/vocabulary";
import { useTranslations } from "use-intl";
import { useRoleWords } from "../../../account/role-words.ts";
import { countryName } from "../../../format/names.ts";

export type RoleHeld = PersonSummary["roles"][number];

/** Roles that hold everywhere, or for the runs that somebody teaches: never for one country. */
const UNSCOPED: ReadonlySet<StaffRole> = new Set(["administrator", "instructor"]);

/** @returns whether a role can be given for one country */
export function isForCountries(role: StaffRole): boolean {
  return !UNSCOPED.has(role);
}

/** @returns functions that name a role that somebody has, and where it holds */
export function useHeldWords() {
  const t = useTranslations("officePeople");
  const roleWords = useRoleWords();
  function whereOf({ role, organisation, country }: RoleHeld): string {
    if (organisation !== null) return organisation.name;
    if (country !== null) return countryName(country);
    return role === "instructor" ? t("ownRuns") : t("everywhere");
  }
  return {
    roleOf: ({ role }: RoleHeld) => roleWords(role),
    whereOf,
    /** In one line: where it holds is said where that is not everywhere. */
    heldOf: (held: RoleHeld) =>
      held.organisation === null && held.country === null
        ? roleWords(held.role)
        : t("held", { role: roleWords(held.role), where: whereOf(held) }),
  };
}
