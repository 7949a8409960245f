import type { PersonDetail } from "@lectern/contract/people";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Localized } from "../../../components/localized.tsx";
import { formatInstantDay } from "../../../format/dates.ts";
import { languageName } from "../../../format/names.ts";
import { useMay } from "../../../office/office-me.ts";
import { OfficeInstant } from "../../../office/office-time.tsx";
import { Facts, RecordSection } from "../../../office/record-page.tsx";

type Fact = readonly [name: string, value: ReactNode];

interface PersonSideProps {
  readonly person: PersonDetail;
  /** Opens what says which instructor they are. */
  readonly onInstructor: () => void;
}

/** What is known of an account. */
export function PersonSide({ person, onInstructor }: PersonSideProps) {
  const t = useTranslations("officePeople");
  const { suspendedAt, suspendedReason } = person;
  return (
    <>
      {person.isSuspended ? (
        <div className="office-person-suspended">
          <RecordSection title={t("state_suspended")}>
            {suspendedReason === null ? null : <p>{suspendedReason}</p>}
            {suspendedAt === null ? null : (
              <p className="aside-note">
                <OfficeInstant instant={suspendedAt} />
              </p>
            )}
          </RecordSection>
        </div>
      ) : null}
      <RecordSection title={t("about")}>
        <Facts facts={useFacts(person, onInstructor)} />
      </RecordSection>
    </>
  );
}

function useFacts(person: PersonDetail, onInstructor: () => void): Fact[] {
  const t = useTranslations("officePeople");
  const may = useMay();
  const { language, lastSeenAt, createdAt, instructor } = person;
  return [
    [t("language"), <Localized key="language">{languageName(language)}</Localized>],
    [t("secondFactor"), t(person.hasSecondFactor ? "factorYes" : "factorNo")],
    [
      t("lastSeen"),
      lastSeenAt === null ? t("neverSeen") : <OfficeInstant key="seen" instant={lastSeenAt} />,
    ],
    [t("since"), <Localized key="since">{formatInstantDay(createdAt)}</Localized>],
    [
      t("instructor"),
      <span key="instructor" className="office-person-instructor">
        {instructor?.name ?? t("instructorNone")}
        {may("people.write") ? (
          <button type="button" className="office-person-change" onClick={onInstructor}>
            {t("change")}
            <span className="visually-hidden"> ({t("instructor")})</span>
          </button>
        ) : null}
      </span>,
    ],
    [t("bookingsMade"), String(person.bookings)],
    [t("places"), String(person.registrations)],
    [t("waitlistEntries"), String(person.waitlistEntries)],
  ];
}
