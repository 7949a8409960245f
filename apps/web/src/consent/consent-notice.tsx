import { Link } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import { Button } from "../components/button.tsx";
import { giveConsent, useConsent } from "./consent.ts";
import "./consent-notice.css";

/** Asks once; either answer is one press away and looks the same. Nothing waits for it. */
export function ConsentNotice() {
  const t = useTranslations("privacy");
  const consent = useConsent();
  if (consent !== "undecided") return null;
  return (
    <aside className="consent-notice" aria-labelledby="consent-notice-title">
      <p>
        <strong id="consent-notice-title">{t("noticeTitle")}</strong> {t("noticeWords")}{" "}
        <Link to="/privacy">{t("noticeMore")}</Link>
      </p>
      <div className="consent-notice-choices">
        <Button variant="outline" size="small" onClick={() => giveConsent("granted")}>
          {t("noticeYes")}
        </Button>
        <Button variant="outline" size="small" onClick={() => giveConsent("denied")}>
          {t("noticeNo")}
        </Button>
      </div>
    </aside>
  );
}
