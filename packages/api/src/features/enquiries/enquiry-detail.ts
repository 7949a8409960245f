import { type FieldPlace, decryptIfEncrypted } from "@lectern/auth/encryption/field-cipher";
import type { EnquiryDetail } from "@lectern/contract/enquiries";
import { course } from "@lectern/database/schema/catalogue";
import { enquiry } from "@lectern/database/schema/enquiries";
import { getTableColumns } from "drizzle-orm";
import type { Call } from "../../call.ts";

/** What staff see of an enquiry. Queries that use it join `course` on the left. */
export const enquiryColumns = {
  enquiry: getTableColumns(enquiry),
  courseSlug: course.slug,
  courseTitle: course.title,
};

export interface EnquiryRow {
  enquiry: typeof enquiry.$inferSelect;
  courseSlug: string | null;
  courseTitle: string | null;
}

/** Where the telephone number stands, to be encrypted there. */
export function phonePlaceOf(enquiryId: string): FieldPlace {
  return { table: "enquiry", column: "phone", id: enquiryId };
}

/** @returns the enquiry as the contract describes it */
export async function toEnquiryDetail(call: Call, row: EnquiryRow): Promise<EnquiryDetail> {
  const { courseSlug: slug, courseTitle: title } = row;
  const { id, kind, status, name, email, company, participants, message, language, version } =
    row.enquiry;
  return {
    id,
    kind,
    status,
    name,
    email,
    company,
    phone: await decryptIfEncrypted(call.fields, phonePlaceOf(id), row.enquiry.phone),
    course: slug === null || title === null ? null : { slug, title },
    participants,
    message,
    language,
    createdAt: row.enquiry.createdAt.toISOString(),
    updatedAt: row.enquiry.updatedAt.toISOString(),
    version,
  };
}
