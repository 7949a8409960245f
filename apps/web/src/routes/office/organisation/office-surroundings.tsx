import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useMay } from "../../../office/office-me.ts";
import { OfficeLink } from "../../../office/office-link.tsx";
import { RecordSection } from "../../../office/record-page.tsx";
import type {
  BookingLinkProps,
  MemberLinkProps,
  OrganisationPartId,
  OrganisationPartProps,
  OrganisationSurroundings,
  RunLinkProps,
} from "../../../organisation/organisation-surroundings.tsx";

/** Where staff are told otherwise what a part is: on its own pages, a company is spoken to. */
const OWN_WORDS = {
  private: { title: "privateTitle", words: "privateWords" },
  domains: { title: "domains", words: "domainsWords" },
} as const satisfies Partial<Record<OrganisationPartId, object>>;

function ownWordsOf(id: OrganisationPartId) {
  return id === "private" || id === "domains" ? OWN_WORDS[id] : undefined;
}

function Part({ id, title, words, children }: OrganisationPartProps) {
  const t = useTranslations("officeOrganisations");
  const own = ownWordsOf(id);
  const said: ReactNode = own === undefined ? words : t(own.words);
  return (
    <RecordSection id={id} title={own === undefined ? title : t(own.title)}>
      {said === undefined ? null : <p className="aside-note">{said}</p>}
      {children}
    </RecordSection>
  );
}

function RunLink({ run, children }: RunLinkProps) {
  const may = useMay();
  if (!may("runs.read")) return children;
  return <OfficeLink href={`/office/runs/${run.id}`}>{children}</OfficeLink>;
}

function BookingLink({ reference, children }: BookingLinkProps) {
  return <OfficeLink href={`/office/bookings/${reference}`}>{children}</OfficeLink>;
}

function MemberLink({ id, children }: MemberLinkProps) {
  const may = useMay();
  if (!may("people.read")) return children;
  return <OfficeLink href={`/office/people/${id}`}>{children}</OfficeLink>;
}

const AGAIN_MS = 10_000;

/** How the parts of a company look in the back office, and where they lead. */
export const OFFICE_SURROUNDINGS: OrganisationSurroundings = {
  Part,
  RunLink,
  BookingLink,
  MemberLink,
  againMs: AGAIN_MS,
};
