import type { EnquiryDetail } from "@lectern/contract/enquiries";
import type { EnquiryStatus } from "@lectern/contract/vocabulary";
import type { Queryable } from "@lectern/database/queryable";
import { course } from "@lectern/database/schema/catalogue";
import { enquiry } from "@lectern/database/schema/enquiries";
import type { Transaction } from "@lectern/database/transaction";
import { eq } from "drizzle-orm";
import type { Call } from "../../call.ts";
import { conflict, notFound } from "../../domain-error.ts";
import { enquiryColumns, toEnquiryDetail } from "./enquiry-detail.ts";

/**
 * Locks an enquiry for staff, who say which version they have seen.
 *
 * @returns its state
 * @throws NotFound; Conflict `changed_meanwhile`
 */
export async function lockSeenEnquiry(
  tx: Transaction,
  seen: { readonly id: string; readonly version: number },
): Promise<EnquiryStatus> {
  const [found] = await tx
    .select({ status: enquiry.status, version: enquiry.version })
    .from(enquiry)
    .where(eq(enquiry.id, seen.id))
    .for("update");
  if (found === undefined) throw notFound("enquiry", seen.id);
  if (found.version !== seen.version) {
    throw conflict(
      "enquiry",
      "changed_meanwhile",
      "Somebody changed this enquiry since you read it: read it again.",
      found.status,
    );
  }
  return found.status;
}

/**
 * @returns the enquiry as the contract describes it
 * @throws NotFound
 */
export async function readEnquiryDetail(
  db: Queryable,
  call: Call,
  id: string,
): Promise<EnquiryDetail> {
  const [row] = await db
    .select(enquiryColumns)
    .from(enquiry)
    .leftJoin(course, eq(course.id, enquiry.courseId))
    .where(eq(enquiry.id, id));
  if (row === undefined) throw notFound("enquiry", id);
  return toEnquiryDetail(call, row);
}
