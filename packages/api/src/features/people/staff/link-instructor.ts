import { DONE } from "../../../shared/done.ts";
import { Done } from "@lectern/contract/accounts";
import type { InstructorLinkInput } from "@lectern/contract/people";
import type { Database } from "@lectern/database/queryable";
import { instructor } from "@lectern/database/schema/scheduling";
import { transaction } from "@lectern/database/transaction";
import { and, eq, isNull, or } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../../call.ts";
import { conflict, notFound } from "../../../domain-error.ts";
import { recordAudit } from "../../../shared/audit.ts";
import { onceOnly } from "../../../shared/once-only.ts";
import { requirePerson } from "./require-person.ts";

/**
 * Says which instructor of the catalogue somebody is: with the role, they see the runs that they teach.
 *
 * @throws NotFound; Conflict `already_exists` for an instructor who is somebody else; IdempotencyMismatch
 */
export async function linkInstructor(
  db: Database,
  call: Call,
  input: z.infer<typeof InstructorLinkInput>,
): Promise<Done> {
  const { personId, instructorId } = input;
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "people.linkInstructor", input, Done, async () => {
      await requirePerson(tx, personId);
      const before = await tx
        .update(instructor)
        .set({ personId: null })
        .where(eq(instructor.personId, personId))
        .returning({ id: instructor.id });
      if (instructorId !== null) {
        const [found] = await tx
          .select({ id: instructor.id })
          .from(instructor)
          .where(eq(instructor.id, instructorId));
        if (found === undefined) throw notFound("instructor", instructorId);
        const linked = await tx
          .update(instructor)
          .set({ personId })
          .where(
            and(
              eq(instructor.id, instructorId),
              or(isNull(instructor.personId), eq(instructor.personId, personId)),
            ),
          )
          .returning({ id: instructor.id });
        if (linked.length === 0) {
          throw conflict("instructor", "already_exists", "This instructor is somebody else.");
        }
      }
      await recordAudit(tx, call, {
        action: "person.link_instructor",
        entity: "person",
        entityId: personId,
        before: { instructorId: before[0]?.id ?? null },
        after: { instructorId },
      });
      return DONE;
    }),
  );
}
