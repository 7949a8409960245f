import { Done } from "@lectern/contract/accounts";
import type { IdentityUnlinkInput, LinkedIdentities } from "@lectern/contract/identity";
import { bool, uuid } from "@lectern/database/codecs";
import { prepared, rows } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { externalIdentity, identityProvider } from "@lectern/database/schema/people";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { and, desc, eq, sql } from "drizzle-orm";
import type { z } from "zod";
import { conflict, notFound } from "../../../domain-error.ts";
import { recordAudit } from "../../../shared/audit.ts";
import { DONE } from "../../../shared/done.ts";
import { onceOnly } from "../../../shared/once-only.ts";
import { tell } from "../../notifications/tell.ts";
import type { PersonCall } from "../accounts/person-call.ts";
import { requirePerson } from "../staff/require-person.ts";
import { isUsableProvider } from "./sign-in-provider.ts";

/** At which providers whoever is signed in can sign in, the newest first. */
export async function listLinked(
  db: Database,
  call: PersonCall,
): Promise<z.infer<typeof LinkedIdentities>> {
  const found = await db
    .select({
      id: externalIdentity.id,
      slug: identityProvider.slug,
      name: identityProvider.name,
      isEnabled: identityProvider.isEnabled,
      createdAt: externalIdentity.createdAt,
      lastUsedAt: externalIdentity.lastUsedAt,
    })
    .from(externalIdentity)
    .innerJoin(identityProvider, eq(identityProvider.id, externalIdentity.providerId))
    .where(eq(externalIdentity.personId, call.actor.id))
    .orderBy(desc(externalIdentity.createdAt), desc(externalIdentity.id))
    .limit(100);
  return {
    items: found.map(({ id, createdAt, lastUsedAt, ...provider }) => ({
      id,
      provider,
      createdAt: createdAt.toISOString(),
      lastUsedAt: lastUsedAt.toISOString(),
    })),
  };
}

/**
 * Forgets who somebody is to a provider.
 *
 * @throws NotFound for one that is not theirs; Conflict `last_one` where they could not sign in any more;
 *   IdempotencyMismatch
 */
export async function unlinkIdentity(
  db: Database,
  call: PersonCall,
  input: z.infer<typeof IdentityUnlinkInput>,
): Promise<Done> {
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "identity.unlink", input, Done, () => unlink(tx, call, input.id)),
  );
}

async function unlink(tx: Transaction, call: PersonCall, id: string): Promise<Done> {
  const personId = call.actor.id;
  // Of two who remove two of them at once, the second sees what the first has left.
  await requirePerson(tx, personId);
  const [removed] = await tx
    .delete(externalIdentity)
    .where(and(eq(externalIdentity.id, id), eq(externalIdentity.personId, personId)))
    .returning({ providerId: externalIdentity.providerId });
  if (removed === undefined) throw notFound("external_identity", id);
  if ((await otherWays.first(tx, { personId }))?.isThere !== true) {
    throw conflict(
      "external_identity",
      "last_one",
      "This is your only way to sign in. Set a password or a passkey first.",
    );
  }
  await recordAudit(tx, call, {
    action: "external_identity.unlink",
    entity: "external_identity",
    entityId: id,
    before: { ...removed, personId },
    after: null,
  });
  await tell(tx, "factors_changed", personId);
  return DONE;
}

/** Whether somebody has a way to sign in. */
const otherWays = prepared("identity.waysToSignIn", { personId: uuid }, (_, $) =>
  rows(
    { isThere: bool },
    sql`SELECT EXISTS (SELECT FROM password w WHERE w.person_id = ${$.personId})
      OR EXISTS (SELECT FROM passkey k WHERE k.person_id = ${$.personId})
      OR EXISTS (
        SELECT FROM external_identity e
          JOIN identity_provider i ON i.id = e.provider_id
          LEFT JOIN organisation o ON o.id = i.organisation_id
        WHERE e.person_id = ${$.personId} AND ${isUsableProvider}
      ) AS is_there`,
  ),
);
