import { useTranslations } from "use-intl";
import { OfficeLink } from "../../../office/office-link.tsx";
import { OfficePage } from "../../../office/office-page.tsx";
import { useSettingsParts } from "./use-settings-parts.ts";
import "./page.css";

/** The parts of the settings that who is signed in may see, and what each is for. */
export function SettingsPage() {
  const t = useTranslations("officeSettings");
  const parts = useSettingsParts();
  return (
    <OfficePage title={t("title")} lede={t("lede")}>
      <ul className="settings-list">
        {parts.map((part) => (
          <li key={part}>
            <h2>
              <OfficeLink href={`/office/settings/${part}`}>{t(`part_${part}`)}</OfficeLink>
            </h2>
            <p>{t(`lede_${part}`)}</p>
          </li>
        ))}
      </ul>
    </OfficePage>
  );
}
