import type { EnquiryDetail } from "@lectern/contract/enquiries";
import { course } from "@lectern/database/schema/catalogue";
import { enquiry } from "@lectern/database/schema/enquiries";
import { getTableColumns } from "drizzle-orm";

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

/** @returns the enquiry as the contract describes it */
export function toEnquiryDetail(row: EnquiryRow): EnquiryDetail {
  const { courseSlug: slug, courseTitle: title } = row;
  const {
    id,
    kind,
    status,
    name,
    email,
    company,
    phone,
    participants,
    message,
    language,
    version,
  } = row.enquiry;
  return {
    id,
    kind,
    status,
    name,
    email,
    company,
    phone,
    course: slug === null || title === null ? null : { slug, title },
    participants,
    message,
    language,
    createdAt: row.enquiry.createdAt.toISOString(),
    updatedAt: row.enquiry.updatedAt.toISOString(),
    version,
  };
}
