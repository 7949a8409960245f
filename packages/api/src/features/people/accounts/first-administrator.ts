import { consumeOneTime, findOneTime, issueOneTime } from "@lectern/auth/one-time";
import type { BecomeAdministratorInput, SignInAnswer } from "@lectern/contract/accounts";
import type { Database, Queryable } from "@lectern/database/queryable";
import { oneTimeToken, roleAssignment } from "@lectern/database/schema/people";
import { transaction } from "@lectern/database/transaction";
import { and, eq, isNull, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { z } from "zod";
import type { Call } from "../../../call.ts";
import { conflict } from "../../../domain-error.ts";
import { recordAudit } from "../../../shared/audit.ts";
import { requireTimeZone } from "../../../shared/zoned-time.ts";
import { type SignInParts, actingAs, linkNotUsable } from "./complete-sign-in.ts";
import { createPerson } from "./create-person.ts";
import { hashNewPassword } from "./password-rules.ts";
import { visitorOf } from "./password-visitor.ts";
import { finishOrAsk } from "./sign-in.ts";
import { callerOf, throttleBy } from "./throttles.ts";

/** So long the link that a start prints is good; the next start prints another. */
const LINK_SECONDS = 24 * 3600;

/** Any number that no other advisory lock of Lectern has: two who use the link at once make one administrator. */
const ADMINISTRATOR_LOCK = 7_250_114;

async function hasAdministrator(db: Queryable): Promise<boolean> {
  return (await db.$count(roleAssignment, eq(roleAssignment.role, "administrator"))) > 0;
}

/**
 * What makes the first administrator of an academy: a link for whoever started it. Those that were printed
 * before are worthless from then on.
 *
 * @returns the id of the one-time token, or `undefined` once there is an administrator
 */
export async function issueFirstAdministratorLink(db: Database): Promise<string | undefined> {
  return transaction(db, {}, async (tx) => {
    if (await hasAdministrator(tx)) return undefined;
    await tx
      .update(oneTimeToken)
      .set({ usedAt: sql`clock_timestamp()` })
      .where(and(eq(oneTimeToken.kind, "first_administrator"), isNull(oneTimeToken.usedAt)));
    return issueOneTime(tx, { kind: "first_administrator", lifetimeSeconds: LINK_SECONDS });
  });
}

/**
 * Makes the first administrator. Whoever has the link has the machine: their address needs no proof. The
 * second factor is asked for next.
 *
 * @throws LinkNotUsable, also once there is an administrator; Invalid; Conflict `already_exists` for an
 *   address that has an account
 */
export async function becomeAdministrator(
  db: Database,
  call: Call,
  parts: SignInParts,
  input: z.infer<typeof BecomeAdministratorInput>,
): Promise<SignInAnswer> {
  if (input.timeZone != null) requireTimeZone(input.timeZone, "timeZone");
  await throttleBy(db, "link.address", callerOf(call));
  const { proof, name, email, language, timeZone } = input;
  const found = await findOneTime(db, call.accessKeys, "first_administrator", proof);
  if (found === undefined) throw linkNotUsable();
  const passwordHash = await hashNewPassword(parts.auth, visitorOf(db, call), input.password, [
    name,
    email,
  ]);
  const personId = await transaction(db, {}, async (tx) => {
    await tx.execute(sql`SELECT pg_advisory_xact_lock(${ADMINISTRATOR_LOCK})`);
    const used = await consumeOneTime(tx, call.accessKeys, "first_administrator", proof);
    if (used === undefined || (await hasAdministrator(tx))) throw linkNotUsable();
    const id = await createPerson(tx, call, { name, email, passwordHash, language, timeZone });
    if (id === undefined) {
      throw conflict("person", "already_exists", "This address has an account already.", "email");
    }
    await tx.insert(roleAssignment).values({ id: uuidv7(), personId: id, role: "administrator" });
    await recordAudit(tx, actingAs(call, id), {
      action: "person.become_administrator",
      entity: "person",
      entityId: id,
      before: null,
      after: { role: "administrator" },
    });
    return id;
  });
  return finishOrAsk(db, call, parts, personId, "link");
}
