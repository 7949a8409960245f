import type { AuditEntry } from "@lectern/contract/audit";
import { useTranslations } from "use-intl";

/** Who did something: by name, where they have one. */
export function Actor({ actor: { kind, id, name } }: Pick<AuditEntry, "actor">) {
  const t = useTranslations("officeAudit");
  if (name !== null) return name;
  return (
    <span className="office-audit-subject">
      <span>{t(`actor_${kind}`)}</span>
      {id === null ? null : <span>{id}</span>}
    </span>
  );
}
