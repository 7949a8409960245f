import type { PersonActor } from "@lectern/auth/actor";
import { type Assignment, isStaffRole } from "@lectern/auth/roles";
import type { Database } from "@lectern/database/connect";
import { authSession, person, roleAssignment } from "@lectern/database/schema/people";
import { eq, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { TEST_AUTH } from "./factories.ts";

/** What tests begin with that need somebody who is signed in. */

export interface SignedIn {
  readonly id: string;
  readonly name: string;
  /** What their browser shows. */
  readonly sessionToken: string;
  /** Who they are at this moment, by their session: what was done to their roles meanwhile counts. */
  actor(): Promise<PersonActor>;
  /** Takes all of their roles away. */
  loseRoles(): Promise<void>;
  /** They showed who they are so long ago that they are asked again. */
  becomeUnconfirmed(): Promise<void>;
}

type GivenRole = Pick<Assignment, "role"> & Partial<Assignment>;

/** @returns somebody with these roles who has signed in with a second factor */
export async function signIn(db: Database, ...roles: readonly GivenRole[]): Promise<SignedIn> {
  const id = uuidv7();
  const name = `Person ${id}`;
  await db
    .insert(person)
    .values({ id, name, email: `${id}@example.org`, emailVerifiedAt: sql`clock_timestamp()` });
  for (const given of roles) {
    await db.insert(roleAssignment).values({ id: uuidv7(), personId: id, ...given });
  }
  const session = await TEST_AUTH.sessions.begin(db, {
    personId: id,
    method: "password",
    hasSecondFactor: true,
    isStaff: roles.some(({ role }) => isStaffRole(role)),
    address: "192.0.2.7",
    client: "test",
  });
  return {
    id,
    name,
    sessionToken: session.token,
    async actor() {
      const actor = await TEST_AUTH.sessions.validate(db, session.token);
      if (actor === undefined) throw new Error("They are not signed in any more");
      return actor;
    },
    async loseRoles() {
      await db.delete(roleAssignment).where(eq(roleAssignment.personId, id));
    },
    async becomeUnconfirmed() {
      await db
        .update(authSession)
        .set({ confirmedAt: sql`clock_timestamp() - interval '1 hour'` })
        .where(eq(authSession.id, session.id));
    },
  };
}
