import type { OrganisationDetail } from "@lectern/contract/organisations";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Loaded } from "../../../account/loaded.tsx";
import { Button } from "../../../components/button.tsx";
import { Localized } from "../../../components/localized.tsx";
import { useApi } from "../../../data/api.ts";
import { formatInstantDay } from "../../../format/dates.ts";
import { countryName } from "../../../format/names.ts";
import { BookingWords } from "../../../messages/booking-words.tsx";
import type { Action } from "../../../office/actions-menu.tsx";
import { useCommands } from "../../../office/commands.tsx";
import { useMay } from "../../../office/office-me.ts";
import { OfficeLink } from "../../../office/office-link.tsx";
import { RecordPage } from "../../../office/record-page.tsx";
import { StateBadge } from "../../../office/state-badge.tsx";
import { OrganisationSurroundingsProvider } from "../../../organisation/organisation-surroundings.tsx";
import { ArchiveDialog } from "./archive-dialog.tsx";
import { OFFICE_SURROUNDINGS } from "./office-surroundings.tsx";
import { useArchiving } from "./use-archiving.ts";
import { useTabs } from "./use-tabs.tsx";

/** What others do with it shows up by itself. */
const AGAIN_MS = 5000;

/** One company: who is in it, what is booked for it, and all that can be done about it. */
export function OfficeOrganisationPage() {
  const { id } = useParams({ from: "/office/organisations/$id" });
  return (
    // Of places, and why one can't be changed.
    <BookingWords>
      <OrganisationSurroundingsProvider value={OFFICE_SURROUNDINGS}>
        {/* Another company is another page, though its address begins alike. */}
        <One key={id} id={id} />
      </OrganisationSurroundingsProvider>
    </BookingWords>
  );
}

function One({ id }: { id: string }) {
  const organisation = useQuery(
    useApi().organisations.byId.queryOptions({ id }, { refetchInterval: AGAIN_MS }),
  );
  return <Loaded query={organisation}>{(found) => <Organisation organisation={found} />}</Loaded>;
}

function Organisation({ organisation }: { organisation: OrganisationDetail }) {
  const t = useTranslations("officeOrganisations");
  const may = useMay();
  const [isAsking, setIsAsking] = useState(false);
  const { restore, isRestoring } = useArchiving(organisation);
  const { archivedAt, country, registrationNumber, createdAt } = organisation;
  const canWrite = may("organisations.write");
  const isArchived = archivedAt !== null;
  const menu: Action[] =
    canWrite && !isArchived
      ? [
          {
            id: "archive",
            words: t("archive"),
            isDangerous: true,
            run: () => setIsAsking(true),
          },
        ]
      : [];
  useCommands(menu);
  return (
    <>
      <RecordPage
        title={organisation.name}
        back={{ href: "/office/organisations", words: t("toList") }}
        badge={isArchived ? <StateBadge tone="over">{t("archived")}</StateBadge> : undefined}
        facts={
          <>
            <span>{countryName(country)}</span>
            {registrationNumber === null ? null : (
              <span className="figures">{registrationNumber}</span>
            )}
            <span>
              <Localized>{t("sinceThen", { since: formatInstantDay(createdAt) })}</Localized>
            </span>
            {archivedAt === null ? null : (
              <span>
                <Localized>{t("archivedThen", { at: formatInstantDay(archivedAt) })}</Localized>
              </span>
            )}
          </>
        }
        actions={
          isArchived ? (
            canWrite ? (
              <Button isBusy={isRestoring} onClick={restore}>
                {t("restore")}
              </Button>
            ) : undefined
          ) : may("bookings.make.any") ? (
            <OfficeLink
              href={`/office/bookings/new?organisation=${organisation.id}`}
              className="button button-outline button-medium"
            >
              {t("book")}
            </OfficeLink>
          ) : undefined
        }
        menu={menu}
        tabs={useTabs(organisation)}
      />
      {isAsking ? (
        <ArchiveDialog organisation={organisation} onClose={() => setIsAsking(false)} />
      ) : null}
    </>
  );
}
