import type { OrganisationDetail } from "@lectern/contract/organisations";
import { useTranslations } from "use-intl";
import { useMay, useOfficeMe } from "../../../office/office-me.ts";
import type { RecordTab } from "../../../office/record-page.tsx";
import { Domains } from "../../../organisation/domains.tsx";
import { Invitations } from "../../../organisation/invitations.tsx";
import { Members } from "../../../organisation/members.tsx";
import { Seats } from "../../../organisation/seats.tsx";
import { BookingsOf } from "../bookings/bookings-of.tsx";
import { DetailsTab } from "./details-tab.tsx";
import { PrivateTab } from "./private-tab.tsx";
import { SpendingTab } from "./spending-tab.tsx";

/** @returns the parts of a company's page that somebody may see */
export function useTabs(organisation: OrganisationDetail): RecordTab[] {
  const t = useTranslations("officeOrganisations");
  const may = useMay();
  const me = useOfficeMe();
  const { id, members, domains } = organisation;
  // Of one that was set aside, nothing is changed any more.
  const isInUse = organisation.archivedAt === null;
  const about = { organisationId: id };
  const tabs: (RecordTab | false)[] = [
    {
      id: "details",
      words: t("tabDetails"),
      content: () => <DetailsTab organisation={organisation} />,
    },
    may("organisations.members") && {
      id: "people",
      words: t("tabPeople"),
      count: members,
      content: () => (
        <>
          <Members {...about} ownId={me.id} mayChange={isInUse} />
          <Invitations {...about} mayChange={isInUse} />
        </>
      ),
    },
    {
      id: "domains",
      words: t("domains"),
      count: domains.length,
      content: () => (
        <Domains {...about} domains={domains} mayChange={isInUse && may("organisations.write")} />
      ),
    },
    may("bookings.read.any") && {
      id: "bookings",
      words: t("tabBookings"),
      content: () => <BookingsOf of={{ organisation: id }} />,
    },
    may("bookings.read.any") && {
      id: "seats",
      words: t("tabSeats"),
      content: () => <Seats {...about} mayChange={isInUse && may("bookings.change.any")} />,
    },
    may("bookings.read.any") && {
      id: "spending",
      words: t("tabSpending"),
      content: () => <SpendingTab organisation={organisation} />,
    },
    {
      id: "private",
      words: t("tabPrivate"),
      content: () => <PrivateTab organisation={organisation} />,
    },
  ];
  return tabs.filter((tab) => tab !== false);
}
