import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { Loaded } from "../../../../account/loaded.tsx";
import { useApi } from "../../../../data/api.ts";
import { OfficeInstant } from "../../../../office/office-time.tsx";
import { RecordSection } from "../../../../office/record-page.tsx";

/** How long each kind of personal data is kept, why, and when that was seen to last. */
export function Retention() {
  const t = useTranslations("officePrivacy");
  const retention = useQuery(useApi().privacy.retention.queryOptions());
  return (
    <RecordSection title={t("retention")}>
      <p className="office-privacy-words">{t("retentionWords")}</p>
      <Loaded query={retention}>
        {({ items }) => (
          <ul className="office-privacy-rules">
            {/* What is kept and why is written in English, as in docs/privacy.md. */}
            {items.map(({ kind, what, days, from, why, last }) => (
              <li key={kind}>
                <h3 lang="en">{what}</h3>
                <p>
                  {t("days", { count: days })} <span lang="en">{from}</span>
                </p>
                <p className="aside-note" lang="en">
                  {why}
                </p>
                <p className="aside-note">
                  {last === null ? (
                    t("never")
                  ) : (
                    <>
                      {t("last", { count: last.rows })} <OfficeInstant instant={last.at} />
                    </>
                  )}
                </p>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </RecordSection>
  );
}
