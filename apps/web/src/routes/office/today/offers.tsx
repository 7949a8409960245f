import { useTranslations } from "use-intl";
import { OfficeInstant } from "../../../office/office-time.tsx";
import { RunFacts, RunTitle } from "./run-title.tsx";
import { TodayItem, TodaySection } from "./section.tsx";
import type { Today } from "./use-today.ts";

/** Places that are offered to those who wait, and lapse if nobody answers. */
export function Offers({ list }: { list: Today["offers"] }) {
  const t = useTranslations("officeToday");
  return (
    <TodaySection part="offers" list={list}>
      {({ entryId, run, name, company, email, quantity, expiresAt }) => (
        <TodayItem
          key={entryId}
          title={<RunTitle run={run} tab="waiting" />}
          facts={<RunFacts run={run} />}
        >
          <p>
            {t("offered", {
              count: quantity,
              name: company === null ? name : `${name}, ${company}`,
            })}{" "}
            <strong>
              {t("until")} <OfficeInstant instant={expiresAt} timeZone={run.timeZone} />
            </strong>{" "}
            <a href={`mailto:${email}`}>{email}</a>
          </p>
        </TodayItem>
      )}
    </TodaySection>
  );
}
