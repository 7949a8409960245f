import type { EnquiryForStaff } from "@lectern/contract/enquiries";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Localized } from "../../../components/localized.tsx";
import { languageName } from "../../../format/names.ts";
import { pathIn } from "../../../language/addresses.ts";
import { language } from "../../../language/language.ts";
import { Facts, RecordSection } from "../../../office/record-page.tsx";
import { NotePart } from "./note-part.tsx";
import { callTo, useReply } from "./use-reply.ts";

type Fact = readonly [name: string, value: ReactNode];

/** Who asked, for what, and what staff wrote down about it. */
export function EnquirySide({ enquiry }: { enquiry: EnquiryForStaff }) {
  const t = useTranslations("officeEnquiries");
  return (
    <>
      <RecordSection title={t("contact")}>
        <Facts facts={useContact(enquiry)} />
      </RecordSection>
      <RecordSection title={t("about")}>
        <Facts facts={useAbout(enquiry)} />
      </RecordSection>
      <NotePart enquiry={enquiry} />
    </>
  );
}

function useContact(enquiry: EnquiryForStaff): Fact[] {
  const t = useTranslations("officeEnquiries");
  const reply = useReply(enquiry);
  const { name, email, phone, company } = enquiry;
  const call = phone === null ? undefined : callTo(phone);
  const facts: (Fact | false)[] = [
    [t("name"), name],
    company !== null && [t("company"), company],
    [
      t("email"),
      <a key="email" href={reply}>
        {email}
      </a>,
    ],
    phone !== null && [
      t("phone"),
      call === undefined ? (
        phone
      ) : (
        <a key="phone" href={call}>
          {phone}
        </a>
      ),
    ],
    [t("language"), <Localized key="language">{languageName(enquiry.language)}</Localized>],
  ];
  return facts.filter((fact) => fact !== false);
}

function useAbout({ kind, course, participants }: EnquiryForStaff): Fact[] {
  const t = useTranslations("officeEnquiries");
  const facts: (Fact | false)[] = [
    [t("kind"), t(`kind_${kind}`)],
    course !== null && [
      t("course"),
      <a key="course" href={pathIn(language(), `/courses/${course.slug}`)}>
        {course.title}
      </a>,
    ],
    participants !== null && [t("participants"), String(participants)],
  ];
  return facts.filter((fact) => fact !== false);
}
