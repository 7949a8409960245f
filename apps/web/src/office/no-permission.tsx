import { useTranslations } from "use-intl";
import { LinkButton } from "../components/button.tsx";
import type { Needs } from "./may.ts";
import { OfficePage } from "./office-page.tsx";

/** Instead of a page that somebody's roles do not allow. */
export function NoPermission({ permission: needs }: { permission: Needs }) {
  const t = useTranslations("office");
  // Of several, any would do: the first stands for them.
  const [permission = ""] = [needs].flat();
  return (
    <OfficePage title={t("forbiddenTitle")} lede={t("forbiddenWords", { permission })}>
      <p>
        <LinkButton to="/office/today" variant="outline">
          {t("toToday")}
        </LinkButton>
      </p>
    </OfficePage>
  );
}

/** Instead of any page, for whoever does not work for the academy. */
export function NotStaff() {
  const t = useTranslations("office");
  return (
    <OfficePage title={t("notStaffTitle")} lede={t("notStaffWords")}>
      <p>
        <LinkButton to="/account" variant="outline">
          {t("toAccount")}
        </LinkButton>
      </p>
    </OfficePage>
  );
}
