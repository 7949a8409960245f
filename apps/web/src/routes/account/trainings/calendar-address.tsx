import { useTranslations } from "use-intl";
import { CopyField } from "../../../forms/copy-field.tsx";

/** The address itself, and what to do with it. */
export function CalendarAddress({ address }: { address: string }) {
  const t = useTranslations("trainings");
  return (
    <div className="trainings-address">
      <CopyField
        label={t("calendarAddress")}
        text={address}
        words={{ copy: t("calendarCopy"), copied: t("calendarCopied") }}
      />
      <p>
        <a className="onward" href={address.replace(/^https?:/u, "webcal:")} rel="noreferrer">
          {t("calendarOpen")}
        </a>
      </p>
      <details>
        <summary>{t("calendarHow")}</summary>
        <ul className="trainings-how">
          <li>{t("calendarGoogle")}</li>
          <li>{t("calendarOutlook")}</li>
          <li>{t("calendarApple")}</li>
          <li>{t("calendarThunderbird")}</li>
        </ul>
      </details>
    </div>
  );
}
