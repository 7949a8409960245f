import type { PersonDetail } from "@lectern/contract/people";
import { useTranslations } from "use-intl";
import { Facts } from "../../../office/record-page.tsx";
import { type RoleHeld, useHeldWords } from "../people/use-role-words.ts";

interface MergePreviewProps {
  /** The account that ends. */
  readonly from: PersonDetail;
  /** The one that stays. */
  readonly into: PersonDetail;
}

/** What goes from one account to the other, and what ends. */
export function MergePreview({ from, into }: MergePreviewProps) {
  const t = useTranslations("officePeople");
  const { heldOf } = useHeldWords();
  const roles = from.roles.filter((held) => !into.roles.some((other) => covers(other, held)));
  const counts = [
    [t("bookingsMade"), from.bookings],
    [t("places"), from.registrations],
    [t("waitlistEntries"), from.waitlistEntries],
  ] as const;
  const moved: (readonly [name: string, value: string])[] = [
    ...counts.flatMap(([name, count]) => (count === 0 ? [] : [[name, String(count)] as const])),
    ...(roles.length === 0 ? [] : [[t("roles"), roles.map(heldOf).join(", ")] as const]),
    ...(from.instructor === null
      ? []
      : [
          [
            t("instructor"),
            into.instructor === null
              ? from.instructor.name
              : t("mergeInstructorKept", { name: into.instructor.name }),
          ] as const,
        ]),
  ];
  return (
    <div className="office-person-preview" aria-live="polite">
      <p>
        <strong>{t("mergeEnds", { email: from.email })}</strong>
      </p>
      {moved.length === 0 ? (
        <p>{t("mergeNothing", { email: from.email })}</p>
      ) : (
        <>
          <p>{t("mergePreview", { from: from.email, into: into.email })}</p>
          <Facts facts={moved} />
        </>
      )}
    </div>
  );
}

/** Whether an account needs a role no more, as it has that one: of an organisation, it keeps what it is there. */
function covers(has: RoleHeld, held: RoleHeld): boolean {
  if (has.organisation !== null || held.organisation !== null) {
    return has.organisation?.id === held.organisation?.id;
  }
  return has.role === held.role && has.country === held.country;
}
