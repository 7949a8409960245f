import { useState } from "react";
import { useTranslations } from "use-intl";
import { giveConsent, useConsent } from "./consent.ts";
import "./consent-choice.css";

/** The choice on the privacy page, as easy to take back as to give (GDPR, article 7). */
export function ConsentChoice() {
  const t = useTranslations("privacyPage");
  const consent = useConsent();
  const [isChanged, setIsChanged] = useState(false);
  return (
    <div>
      <label className="consent-choice">
        <input
          type="checkbox"
          checked={consent === "granted"}
          disabled={consent === undefined}
          onChange={({ currentTarget }) => {
            giveConsent(currentTarget.checked ? "granted" : "denied");
            setIsChanged(true);
          }}
        />
        {t("consentRemember")}
      </label>
      <p role="status" className="consent-choice-now">
        {isChanged ? `${t("consentSaved")} ` : ""}
        {consent === undefined ? "" : t(`consentNow_${consent}`)}
      </p>
    </div>
  );
}
