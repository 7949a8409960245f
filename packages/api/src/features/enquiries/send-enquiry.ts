import { encryptOrNull } from "@lectern/auth/encryption/field-cipher";
import { type EnquirySendInput, EnquirySent } from "@lectern/contract/enquiries";
import type { Database } from "@lectern/database/queryable";
import { course } from "@lectern/database/schema/catalogue";
import { enquiry } from "@lectern/database/schema/enquiries";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { and, eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { notFound } from "../../domain-error.ts";
import { recordAudit } from "../../shared/audit.ts";
import { onceOnly } from "../../shared/once-only.ts";
import { phonePlaceOf } from "./enquiry-detail.ts";

/**
 * Takes a question from the site. One that filled in the field that people don't see is kept as spam,
 * and answered like any other: who sends such things need not know.
 *
 * @throws NotFound for a course that is not in the catalogue, IdempotencyMismatch
 */
export async function sendEnquiry(
  db: Database,
  call: Call,
  input: z.infer<typeof EnquirySendInput>,
): Promise<EnquirySent> {
  const isSpam = (input.website ?? "") !== "";
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "enquiries.send", input, EnquirySent, async () => {
      const courseId = await findCourseId(tx, input.course ?? null);
      const id = uuidv7();
      const [sent] = await tx
        .insert(enquiry)
        .values({
          id,
          kind: input.kind,
          status: isSpam ? "spam" : "new",
          name: input.name,
          email: input.email,
          company: input.company ?? null,
          phone: await encryptOrNull(call.fields, phonePlaceOf(id), input.phone),
          courseId,
          participants: input.participants ?? null,
          message: input.message,
          language: input.language,
        })
        .returning({ id: enquiry.id, createdAt: enquiry.createdAt, status: enquiry.status });
      if (sent === undefined) throw new Error("The enquiry was not inserted");
      await recordAudit(tx, call, {
        action: "enquiry.send",
        entity: "enquiry",
        entityId: sent.id,
        before: null,
        after: { kind: input.kind, status: sent.status },
      });
      return { id: sent.id, receivedAt: sent.createdAt.toISOString() };
    }),
  );
}

async function findCourseId(tx: Transaction, slug: string | null): Promise<string | null> {
  if (slug === null) return null;
  const [found] = await tx
    .select({ id: course.id })
    .from(course)
    .where(and(eq(course.slug, slug), eq(course.status, "published")));
  if (found === undefined) throw notFound("course", slug);
  return found.id;
}
