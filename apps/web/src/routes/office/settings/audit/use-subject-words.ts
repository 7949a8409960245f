import { useTranslations } from "use-intl";
import { isAudited } from "./filters.ts";

/** @returns a function that says what kind of thing an entry is about */
export function useSubjectWords(): (entity: string) => string {
  const t = useTranslations("officeAudit");
  return (entity) => (isAudited(entity) ? t(`entity_${entity}`) : entity);
}
