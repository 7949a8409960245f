import { useTranslations } from "use-intl";
import type { Needs } from "./use-roster.ts";

/** What somebody needs, and what their booker noted. */
export function NeedsCell({ needs }: { needs: Needs | undefined }) {
  const t = useTranslations("officeRun");
  if (needs === undefined) return null;
  const { dietary, access, note } = needs;
  return (
    <ul className="run-needs">
      {access === null ? null : <li>{t("access", { needs: access })}</li>}
      {dietary === null ? null : <li>{t("dietary", { needs: dietary })}</li>}
      {note === null ? null : <li>{t("note", { note })}</li>}
    </ul>
  );
}
