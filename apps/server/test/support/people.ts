import { oneTimeKey } from "@lectern/auth/one-time";
import { hashPassword } from "@lectern/auth/passwords/password-hash";
import type { OneTimeKind, Role } from "@lectern/contract/vocabulary";
import { oneTimeToken, password, person, roleAssignment } from "@lectern/database/schema/people";
import { and, desc, eq, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { type TestBrowser, openBrowser } from "./test-browser.ts";
import type { TestServer } from "./test-server.ts";

/** A password that nobody guesses. */
export const PASSWORD = "correct-zebra-battery-4711";

/** Hashed once: tests make many people. */
const HASH = await hashPassword(PASSWORD);

export interface TestPerson {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

export interface TestRole {
  readonly role: Role;
  readonly organisationId?: string;
  readonly country?: string;
}

/** @returns somebody with an account, whose password is `PASSWORD` */
export async function createPerson(
  { db }: Pick<TestServer, "db">,
  values: Partial<typeof person.$inferInsert> = {},
  roles: readonly TestRole[] = [],
): Promise<TestPerson> {
  const id = uuidv7();
  const row = {
    id,
    name: "Grace Hopper",
    email: `grace.${id}@example.com`,
    emailVerifiedAt: new Date(),
    ...values,
  };
  await db.insert(person).values(row);
  await db.insert(password).values({ personId: id, hash: HASH });
  for (const { role, organisationId = null, country = null } of roles) {
    await db
      .insert(roleAssignment)
      .values({ id: uuidv7(), personId: id, role, organisationId, country });
  }
  return { id, name: row.name, email: row.email };
}

/** @returns what a mail with the newest link of a kind to an address would carry */
export async function newestLink(
  { db, accessKeys }: Pick<TestServer, "db" | "accessKeys">,
  kind: OneTimeKind,
  email: string,
): Promise<{ id: string; key: string }> {
  const [found] = await db
    .select({ id: oneTimeToken.id })
    .from(oneTimeToken)
    .where(and(eq(oneTimeToken.kind, kind), sql`lower(${oneTimeToken.email}) = lower(${email})`))
    .orderBy(desc(oneTimeToken.id))
    .limit(1);
  if (found === undefined) throw new Error(`No ${kind} was sent to ${email}`);
  return { id: found.id, key: oneTimeKey(accessKeys, found.id) };
}

export function key(): { idempotencyKey: string } {
  return { idempotencyKey: crypto.randomUUID() };
}

/** @returns a browser in which somebody is signed in, by their password alone */
export async function signedIn(
  { url }: Pick<TestServer, "url">,
  { email }: Pick<TestPerson, "email">,
): Promise<TestBrowser> {
  const browser = openBrowser({ url });
  const answer = await browser.client.account.signIn.mutate({
    email,
    password: PASSWORD,
    ...key(),
  });
  if (answer.state !== "signed_in") throw new Error("A second factor is asked for");
  return browser;
}

/** Makes the session of a browser one in which a second factor was shown, as if there were one. */
export async function showSecondFactor(
  { db }: Pick<TestServer, "db">,
  browser: TestBrowser,
): Promise<void> {
  const [id] = (browser.cookies.get("lectern_session") ?? "").split(".");
  await db.execute(
    sql`UPDATE auth_session SET second_factor_at = clock_timestamp() WHERE id = ${id}`,
  );
}
