import { decryptArchive } from "@lectern/auth/encryption/archive-cipher";
import type { ExportArchive, PrivacyRequestInput } from "@lectern/contract/privacy";
import type { Database } from "@lectern/database/queryable";
import { privacyRequest } from "@lectern/database/schema/privacy";
import { transaction } from "@lectern/database/transaction";
import { and, eq, sql } from "drizzle-orm";
import type { z } from "zod";
import { notFound } from "../../../../domain-error.ts";
import { recordAudit } from "../../../../shared/audit.ts";
import type { PersonCall } from "../../accounts/person-call.ts";
import { placeOfArchive } from "./write-export.ts";

/**
 * Hands an archive to its owner, decrypted. It comes with the answer and has no address of its own, so that
 * nobody can be sent one, and nothing on the way keeps it.
 *
 * @throws NotFound for the request of somebody else, and once the archive is deleted
 */
export async function downloadExport(
  db: Database,
  call: PersonCall,
  { id }: z.infer<typeof PrivacyRequestInput>,
): Promise<ExportArchive> {
  const found = await transaction(db, { idempotent: true }, async (tx) => {
    const [row] = await tx
      .select({ archive: privacyRequest.archive, createdAt: privacyRequest.createdAt })
      .from(privacyRequest)
      .where(
        and(
          eq(privacyRequest.id, id),
          eq(privacyRequest.personId, call.actor.id),
          sql`${privacyRequest.archiveUntil} > clock_timestamp()`,
        ),
      );
    if (row === undefined || row.archive === null) return undefined;
    await recordAudit(tx, call, {
      action: "privacy_request.fetch",
      entity: "privacy_request",
      entityId: id,
      before: null,
      after: {},
    });
    return { archive: row.archive, createdAt: row.createdAt };
  });
  if (found === undefined) throw notFound("privacy_request", id);
  const content = await decryptArchive(call.fields, placeOfArchive(id), found.archive);
  return {
    fileName: `lectern-${found.createdAt.toISOString().slice(0, 10)}.zip`,
    content: content.toString("base64"),
  };
}
