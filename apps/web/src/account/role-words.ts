import type { Role } from "@lectern/contract/vocabulary";
import { useTranslations } from "use-intl";

/** @returns a function that names a role */
export function useRoleWords(): (role: Role) => string {
  const t = useTranslations("account");
  return (role) => t(`role_${role}`);
}
