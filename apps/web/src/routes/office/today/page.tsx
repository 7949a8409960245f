import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { PagePending } from "../../../components/page-pending.tsx";
import { EmptyState } from "../../../components/empty-state.tsx";
import { OfficePage } from "../../../office/office-page.tsx";
import { Conflicts } from "./conflicts.tsx";
import { Demand } from "./demand.tsx";
import { Enquiries } from "./enquiries.tsx";
import { Jobs } from "./jobs.tsx";
import { LatePayments } from "./late-payments.tsx";
import { Offers } from "./offers.tsx";
import { TODAY_PARTS, type Today, type TodayPart, totalOf, useToday } from "./use-today.ts";
import { Undecided } from "./undecided.tsx";
import "./page.css";

/** What needs a decision, by urgency; each with what can be done about it, in its place. */
export function TodayPage() {
  const t = useTranslations();
  const today = useToday();
  const isPending = TODAY_PARTS.some((part) => today[part].isLoading);
  const parts = TODAY_PARTS.filter(
    (part) => totalOf(today[part]) > 0 || today[part].error !== null,
  );
  return (
    <OfficePage title={t("office.page_today")} lede={t("officeToday.lede")}>
      {isPending ? (
        <PagePending />
      ) : (
        <>
          <Overview today={today} parts={parts} />
          {parts.length === 0 ? (
            <EmptyState title={t("officeToday.nothing")} words={t("officeToday.nothingWords")} />
          ) : (
            parts.map((part) => <Part key={part} part={part} today={today} />)
          )}
        </>
      )}
    </OfficePage>
  );
}

/** How much there is of each, with a way there. What changes is told to those who listen. */
function Overview({ today, parts }: { today: Today; parts: readonly TodayPart[] }) {
  const t = useTranslations("officeToday");
  const count = parts.reduce((sum, part) => sum + totalOf(today[part]), 0);
  return (
    <nav className="today-overview" aria-label={t("overview")}>
      <p role="status" className="visually-hidden">
        {t("count", { count })}
      </p>
      <ul>
        {parts.map((part) => (
          <li key={part}>
            <a href={`#${part}`}>
              <span className="today-number figures">{totalOf(today[part])}</span>{" "}
              {t(`part_${part}`)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Part({ part, today }: { part: TodayPart; today: Today }): ReactNode {
  switch (part) {
    case "latePayments":
      return <LatePayments list={today.latePayments} />;
    case "undecided":
      return <Undecided list={today.undecided} />;
    case "offers":
      return <Offers list={today.offers} />;
    case "conflicts":
      return <Conflicts list={today.conflicts} />;
    case "jobs":
      return <Jobs list={today.jobs} />;
    case "enquiries":
      return <Enquiries list={today.enquiries} />;
    case "demand":
      return <Demand list={today.demand} />;
  }
}
