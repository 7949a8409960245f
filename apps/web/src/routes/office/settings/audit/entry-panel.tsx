import type { AuditEntry } from "@lectern/contract/audit";
import { useTranslations } from "use-intl";
import { Button } from "../../../../components/button.tsx";
import { useMay } from "../../../../office/office-me.ts";
import { OfficeLink } from "../../../../office/office-link.tsx";
import { OfficeInstant } from "../../../../office/office-time.tsx";
import { needsAt } from "../../../../office/pages.ts";
import { Facts } from "../../../../office/record-page.tsx";
import { SidePanel } from "../../../../office/side-panel.tsx";
import { Actor } from "./actor.tsx";
import { Changes } from "./changes.tsx";
import { entryHref } from "./entry-href.ts";
import { useSubjectWords } from "./use-subject-words.ts";

interface EntryPanelProps {
  readonly entry: AuditEntry;
  readonly onClose: () => void;
  /** Lists what is about the same thing, or was done by the same. */
  readonly onOnly: (only: { readonly id: string } | { readonly actor: string }) => void;
}

/** One entry beside the list: what was there before and after, who did it, from where. */
export function EntryPanel({ entry, onClose, onOnly }: EntryPanelProps) {
  const t = useTranslations("officeAudit");
  const subject = useSubjectWords();
  const { action, actor, at, before, after, requestId, address, client, sealedAs } = entry;
  return (
    <SidePanel title={<code className="office-audit-action">{action}</code>} onClose={onClose}>
      <div className="office-audit-one">
        <Changes before={before} after={after} />
        <p className="office-audit-do">
          <Button variant="outline" size="small" onClick={() => onOnly({ id: entry.entityId })}>
            {t("allOfSubject")}
          </Button>
          {actor.id === null ? null : (
            <Button
              variant="outline"
              size="small"
              onClick={() => onOnly({ actor: actor.id ?? "" })}
            >
              {t("allOfActor")}
            </Button>
          )}
        </p>
        <Facts
          facts={[
            [subject(entry.entity), <Subject key="subject" entry={entry} />],
            [t("who"), <Who key="who" actor={actor} />],
            [t("when"), <OfficeInstant key="when" instant={at} />],
            [t("address"), address ?? "–"],
            [t("client"), client ?? "–"],
            [t("requestId"), requestId ?? "–"],
            [
              t("sealed"),
              sealedAs === null ? t("notSealed") : t("sealedAs", { position: String(sealedAs) }),
            ],
          ]}
        />
      </div>
    </SidePanel>
  );
}

/** A link to what an entry is about, to whoever may see that. */
function Subject({ entry }: { entry: AuditEntry }) {
  const href = useAllowedHref(entryHref(entry));
  const words = entry.named ?? entry.entityId;
  return href === undefined ? words : <OfficeLink href={href}>{words}</OfficeLink>;
}

function Who({ actor }: Pick<AuditEntry, "actor">) {
  const person = actor.kind === "person" && actor.name !== null ? actor.id : null;
  const href = useAllowedHref(person === null ? undefined : `/office/people/${person}`);
  return href === undefined ? (
    <Actor actor={actor} />
  ) : (
    <OfficeLink href={href}>{actor.name}</OfficeLink>
  );
}

function useAllowedHref(href: string | undefined): string | undefined {
  const may = useMay();
  const [path = ""] = href?.split("?") ?? [];
  const needs = [needsAt(path) ?? []].flat();
  return needs.length === 0 || needs.some(may) ? href : undefined;
}
