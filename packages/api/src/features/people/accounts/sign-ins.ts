import { DONE } from "../../../shared/done.ts";
import type { Done, SignedInList } from "@lectern/contract/accounts";
import type { Database } from "@lectern/database/queryable";
import { authSession } from "@lectern/database/schema/people";
import { transaction } from "@lectern/database/transaction";
import { and, desc, eq, sql } from "drizzle-orm";
import type { z } from "zod";
import { notFound } from "../../../domain-error.ts";
import { recordAudit } from "../../../shared/audit.ts";
import type { SignInParts } from "./complete-sign-in.ts";
import { endAccess } from "./end-access.ts";
import { deviceName } from "./device-name.ts";
import type { PersonCall } from "./person-call.ts";

const MOST = 100;

/** @returns where somebody is signed in, the last used first */
export async function listSignIns(
  db: Database,
  { actor }: PersonCall,
): Promise<z.infer<typeof SignedInList>> {
  const found = await db
    .select()
    .from(authSession)
    .where(
      and(eq(authSession.personId, actor.id), sql`${authSession.expiresAt} > clock_timestamp()`),
    )
    .orderBy(desc(authSession.lastSeenAt), desc(authSession.id))
    .limit(MOST);
  return {
    items: found.map((row) => ({
      id: row.id,
      method: row.method,
      hasSecondFactor: row.secondFactorAt !== null,
      device: deviceName(row.client),
      address: row.address,
      createdAt: row.createdAt.toISOString(),
      lastSeenAt: row.lastSeenAt.toISOString(),
      isThisOne: row.id === actor.session.id,
    })),
  };
}

/**
 * Signs one browser out.
 *
 * @throws NotFound for one that is not there, or somebody else's
 */
export async function revokeSignIn(
  db: Database,
  call: PersonCall,
  { browser }: SignInParts,
  { id }: { readonly id: string },
): Promise<Done> {
  const { actor } = call;
  await transaction(db, {}, async (tx) => {
    const gone = await tx
      .delete(authSession)
      .where(and(eq(authSession.id, id), eq(authSession.personId, actor.id)))
      .returning({ id: authSession.id });
    if (gone.length === 0) throw notFound("auth_session", id);
    await recordAudit(tx, call, {
      action: "person.sign_out",
      entity: "person",
      entityId: actor.id,
      before: null,
      after: { isThisOne: id === actor.session.id },
    });
  });
  if (id === actor.session.id) browser.forgetSession();
  return DONE;
}

/** Signs somebody out everywhere, here included, and their programs. */
export async function signOutEverywhere(
  db: Database,
  call: PersonCall,
  { browser }: SignInParts,
): Promise<Done> {
  await transaction(db, {}, async (tx) => {
    await endAccess(tx, call.actor.id);
    await recordAudit(tx, call, {
      action: "person.sign_out_everywhere",
      entity: "person",
      entityId: call.actor.id,
      before: null,
      after: {},
    });
  });
  browser.forgetSession();
  return DONE;
}
