import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { OfficeLink } from "../../../office/office-link.tsx";
import { OfficePage } from "../../../office/office-page.tsx";
import type { SettingsPart } from "../../../office/pages.ts";
import { useSettingsParts } from "./use-settings-parts.ts";
import "./settings-frame.css";

interface SettingsFrameProps {
  readonly part: SettingsPart;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** What all parts of the settings have: their heading, and the way to the others. */
export function SettingsFrame({ part, actions, children }: SettingsFrameProps) {
  const t = useTranslations("officeSettings");
  return (
    <OfficePage title={t(`part_${part}`)} lede={t(`lede_${part}`)} actions={actions}>
      <SettingsParts current={part} />
      {children}
    </OfficePage>
  );
}

function SettingsParts({ current }: { current: SettingsPart }) {
  const t = useTranslations("officeSettings");
  const parts = useSettingsParts();
  if (parts.length < 2) return null;
  return (
    <nav className="settings-frame-parts" aria-label={t("title")}>
      <ul>
        {parts.map((part) => (
          <li key={part}>
            <OfficeLink href={`/office/settings/${part}`} isCurrent={part === current}>
              {t(`part_${part}`)}
            </OfficeLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
