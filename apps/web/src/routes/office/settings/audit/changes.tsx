import type { AuditEntry } from "@lectern/contract/audit";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { formatInstant } from "../../../../format/dates.ts";
import { formatNumber } from "../../../../format/numbers.ts";

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/u;

interface ChangesProps {
  readonly before: AuditEntry["before"];
  readonly after: AuditEntry["after"];
}

/** What was there before and after, field by field; those that differ stand out. */
export function Changes({ before, after }: ChangesProps) {
  const t = useTranslations("officeAudit");
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  if (names.length === 0) return <p>{t("noFields")}</p>;
  return (
    <div className="office-audit-scroll" role="region" aria-label={t("changed")} tabIndex={0}>
      <table className="office-audit-changes">
        <thead>
          <tr>
            <th scope="col">{t("field")}</th>
            {before === null ? null : <th scope="col">{t("before")}</th>}
            {after === null ? null : <th scope="col">{t("after")}</th>}
          </tr>
        </thead>
        <tbody>
          {names.map((name) => (
            <tr
              key={name}
              data-changed={JSON.stringify(before?.[name]) !== JSON.stringify(after?.[name])}
            >
              <th scope="row">{wordsOf(name)}</th>
              {before === null ? null : (
                <td>
                  <Value value={before[name]} />
                </td>
              )}
              {after === null ? null : (
                <td>
                  <Value value={after[name]} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** `Places per booker` of `placesPerBooker`. */
function wordsOf(name: string): string {
  const words = name
    .replaceAll(/(?<=[a-z\d])(?=[A-Z])/gu, " ")
    .replaceAll("_", " ")
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function Value({ value }: { value: unknown }): ReactNode {
  const t = useTranslations("officeAudit");
  switch (typeof value) {
    case "boolean":
      return t(value ? "yes" : "no");
    case "number":
      return formatNumber(value);
    case "string":
      if (value === "") return "–";
      return INSTANT.test(value) ? formatInstant(value) : value;
    case "object":
      if (value === null) return "–";
      return <pre>{JSON.stringify(value, null, 2)}</pre>;
    default:
      return "–";
  }
}
