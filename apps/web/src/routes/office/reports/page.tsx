import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Loaded } from "../../../account/loaded.tsx";
import { useApi } from "../../../data/api.ts";
import { formatNumber, formatPercent } from "../../../format/numbers.ts";
import { OfficeLink } from "../../../office/office-link.tsx";
import { OfficePage } from "../../../office/office-page.tsx";
import type { ReportName } from "./report-frame.tsx";
import { type Tile, ReportTiles } from "./report-tiles.tsx";
import { useStepWords } from "./report-words.ts";
import "./page.css";

const PERIOD = { preset: "last_12_months" } as const;

/** All reports, each with the number that says the most of the last twelve months. */
export function ReportsPage() {
  const t = useTranslations("officeReports");
  const api = useApi();
  const words = useStepWords();
  const bookings = useQuery(api.reports.bookings.queryOptions(PERIOD));
  const occupancy = useQuery(api.reports.occupancy.queryOptions(PERIOD));
  const demand = useQuery(api.reports.demand.queryOptions(PERIOD));
  const enquiries = useQuery(api.reports.enquiries.queryOptions(PERIOD));
  const cancellations = useQuery(api.reports.cancellations.queryOptions(PERIOD));
  const period = bookings.data?.period;
  const count = (id: string, name: string, now: number, before: number): Tile => ({
    id,
    name,
    value: formatNumber(now),
    now,
    before,
  });
  return (
    <OfficePage title={t("title")} lede={period === undefined ? t("lede") : words.dates(period)}>
      <ul className="reports-list">
        <Report name="bookings">
          <Loaded query={bookings}>
            {({ total, totalBefore }) => (
              <ReportTiles
                tiles={[
                  count("bookings", t("bookings"), total.bookings, totalBefore.bookings),
                  count("places", t("placesBooked"), total.places, totalBefore.places),
                ]}
              />
            )}
          </Loaded>
        </Report>
        <Report name="occupancy">
          <Loaded query={occupancy}>
            {({ total, totalBefore }) => {
              const [now, before] = [total, totalBefore].map(({ taken, capacity }) =>
                capacity === 0 ? 0 : taken / capacity,
              );
              return (
                <ReportTiles
                  tiles={[
                    {
                      id: "share",
                      name: t("occupancy"),
                      value: formatPercent(now ?? 0),
                      now,
                      before,
                    },
                    count("runs", t("runs"), total.runs, totalBefore.runs),
                  ]}
                />
              );
            }}
          </Loaded>
        </Report>
        <Report name="demand">
          <Loaded query={demand}>
            {({ total, totalBefore }) => (
              <ReportTiles
                tiles={[
                  count("wanted", t("wanted"), total.places, totalBefore.places),
                  count("unmet", t("unmetPlaces"), total.unmetPlaces, totalBefore.unmetPlaces),
                ]}
              />
            )}
          </Loaded>
        </Report>
        <Report name="enquiries">
          <Loaded query={enquiries}>
            {({ total, totalBefore }) => (
              <ReportTiles
                tiles={[
                  count("received", t("received"), total.received, totalBefore.received),
                  count("won", t("won"), total.won, totalBefore.won),
                ]}
              />
            )}
          </Loaded>
        </Report>
        <Report name="cancellations">
          <Loaded query={cancellations}>
            {({ total, totalBefore }) => (
              <ReportTiles
                tiles={[
                  count("cancelled", t("cancelledPlaces"), total.places, totalBefore.places),
                  count("unsettled", t("unsettled"), total.unsettled, totalBefore.unsettled),
                ]}
              />
            )}
          </Loaded>
        </Report>
      </ul>
    </OfficePage>
  );
}

function Report({ name, children }: { name: ReportName; children: ReactNode }) {
  const t = useTranslations("officeReports");
  return (
    <li>
      <h2>
        <OfficeLink href={`/office/reports/${name}`}>{t(`report_${name}`)}</OfficeLink>
      </h2>
      <p>{t(`lede_${name}`)}</p>
      {children}
    </li>
  );
}
