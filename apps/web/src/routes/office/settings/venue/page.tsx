import type { VenueDetail } from "@lectern/contract/venues";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Loaded } from "../../../../account/loaded.tsx";
import { Button } from "../../../../components/button.tsx";
import { useApi } from "../../../../data/api.ts";
import { formatInstant } from "../../../../format/dates.ts";
import { countryName } from "../../../../format/names.ts";
import { OfficeLink } from "../../../../office/office-link.tsx";
import { Facts, RecordPage, RecordSection } from "../../../../office/record-page.tsx";
import { StateBadge } from "../../../../office/state-badge.tsx";
import { zoneWords } from "../../../../office/time-zone-field.tsx";
import { ChangeVenueDialog } from "./change-venue-dialog.tsx";
import { RetireDialog } from "./retire-dialog.tsx";
import { Rooms } from "./rooms.tsx";
import { useMoves } from "./use-moves.ts";
import "./office-venue.css";

const route = getRouteApi("/office/settings/venues/$id");

/** What stands in the address instead of an id, for the rooms that are nowhere. */
const ONLINE = "online";

const AGAIN_MS = 15_000;

export function OfficeVenuePage() {
  const { id } = route.useParams();
  return id === ONLINE ? <OnlineRooms /> : <VenuePage key={id} id={id} />;
}

function VenuePage({ id }: { id: string }) {
  const venue = useQuery(
    useApi().venues.byId.queryOptions({ id }, { staleTime: 0, refetchInterval: AGAIN_MS }),
  );
  return <Loaded query={venue}>{(found) => <One venue={found} />}</Loaded>;
}

function OnlineRooms() {
  const t = useTranslations("officeVenues");
  const rooms = useQuery(
    useApi().venues.virtualRooms.queryOptions(undefined, {
      staleTime: 0,
      refetchInterval: AGAIN_MS,
    }),
  );
  return (
    <RecordPage title={t("online")} back={useBack()} facts={<span>{t("onlineWords")}</span>}>
      <Loaded query={rooms}>{(found) => <Rooms venueId={null} rooms={found.rooms} />}</Loaded>
    </RecordPage>
  );
}

function useBack() {
  const t = useTranslations("officeSettings");
  return { href: "/office/settings/venues", words: t("part_venues") };
}

function One({ venue }: { venue: VenueDetail }) {
  const t = useTranslations("officeVenues");
  const [open, setOpen] = useState<"change" | "retire">();
  const moves = useMoves("venue", venue);
  const close = () => setOpen(undefined);
  const isRetired = venue.retiredAt !== null;
  return (
    <RecordPage
      title={venue.name}
      back={useBack()}
      badge={isRetired ? <StateBadge tone="over">{t("retired")}</StateBadge> : undefined}
      facts={
        <>
          <span>{venue.city}</span>
          <span>{countryName(venue.country)}</span>
          <span>{zoneWords(venue.timeZone)}</span>
        </>
      }
      actions={
        isRetired ? (
          <Button isBusy={moves.isBusy} onClick={() => void moves.restore()}>
            {t("restore")}
          </Button>
        ) : (
          <Button onClick={() => setOpen("change")}>{t("change")}</Button>
        )
      }
      menu={
        isRetired
          ? []
          : [{ id: "retire", words: t("retire"), isDangerous: true, run: () => setOpen("retire") }]
      }
      side={<About venue={venue} />}
    >
      <Rooms venueId={venue.id} rooms={venue.rooms} isClosed={isRetired} />
      {open === "change" ? <ChangeVenueDialog venue={venue} onClose={close} /> : null}
      {open === "retire" ? (
        <RetireDialog
          name={venue.name}
          upcomingRuns={venue.upcomingRuns}
          words={t("retireWords")}
          onRetire={moves.retire}
          onClose={close}
        />
      ) : null}
    </RecordPage>
  );
}

function About({ venue }: { venue: VenueDetail }) {
  const t = useTranslations("officeVenues");
  const { id, street, city, country, timeZone, upcomingRuns } = venue;
  return (
    <RecordSection title={t("about")}>
      <Facts
        facts={[
          [
            t("address"),
            <span key="address" className="office-venue-address">
              {[street, city, countryName(country)].filter((line) => line !== null).join("\n")}
            </span>,
          ],
          [
            t("clock"),
            t("clockNow", {
              zone: zoneWords(timeZone),
              now: formatInstant(new Date().toISOString(), timeZone),
            }),
          ],
          [
            t("dates"),
            <OfficeLink key="dates" href={`/office/schedule?venue=${id}`}>
              {t("datesUpcoming", { count: upcomingRuns })}
            </OfficeLink>,
          ],
        ]}
      />
    </RecordSection>
  );
}
