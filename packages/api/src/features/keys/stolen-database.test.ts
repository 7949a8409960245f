import { createAccessSecret } from "@lectern/auth/access-key";
import { fieldCipher } from "@lectern/auth/encryption/field-cipher";
import { createKeyring } from "@lectern/auth/encryption/keyring";
import { operatorActor } from "@lectern/auth/actor";
import { enquiry } from "@lectern/database/schema/enquiries";
import { person } from "@lectern/database/schema/people";
import { useTestDatabase } from "@lectern/database/testing/database";
import { eq, sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { z } from "zod";
import { appRouter } from "../../app-router.ts";
import { createTestRun, newKey, testContext } from "../../testing/factories.ts";
import { signIn } from "../../testing/signed-in.ts";
import { t } from "../../trpc/init.ts";

/** What somebody finds who has the whole database, and nothing else: marks are left in it, and looked for. */

const database = useTestDatabase();
const SECRET = createAccessSecret();

const PRIVATE = {
  phone: "+47 9170 41",
  address: "Canary Lane 9170",
  dietaryNeeds: "no canaries 9170",
  accessNeeds: "canary 9170 step-free",
};
const NAME = "Canary Bird-of-9170";

/** Tables in any of whose rows the mark stands, whichever schema they are in. */
async function tablesWith(mark: string): Promise<string[]> {
  const { db } = database();
  const { rows } = await db.execute(sql`
    SELECT table_schema AS schema, table_name AS name FROM information_schema.tables
    WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`);
  const tables = z.array(z.object({ schema: z.string(), name: z.string() })).parse(rows);
  const found: string[] = [];
  for (const { schema, name } of tables) {
    const table = sql`${sql.identifier(schema)}.${sql.identifier(name)}`;
    const hits = await db.execute(
      sql`SELECT FROM ${table} t WHERE strpos(t::text, ${mark}) > 0 LIMIT 1`,
    );
    if (hits.count > 0) found.push(name);
  }
  return found.toSorted();
}

it("finds private fields nowhere, and names beside what they belong to nowhere", async () => {
  const { db } = database();
  const fields = fieldCipher(createKeyring(db, SECRET));
  const someone = await signIn(db);
  const callerOf = t.createCallerFactory(appRouter);
  const own = callerOf({ ...testContext(db, await someone.actor()), fields });
  const staff = callerOf({ ...testContext(db, operatorActor("test-operator")), fields });
  await own.account.update({ name: NAME, ...PRIVATE, version: 1, idempotencyKey: newKey() });
  const run = await createTestRun(db);
  const held = await own.bookings.hold({ runId: run.id, places: 1, idempotencyKey: newKey() });
  await own.bookings.confirm({
    reference: held.reference,
    accessKey: held.accessKey,
    booker: { name: NAME, email: "canary-9170@example.com", phone: PRIVATE.phone },
    learners: [{ name: NAME, email: "canary-9170@example.com" }],
    acceptsTerms: true,
    idempotencyKey: newKey(),
  });
  const { id } = await own.enquiries.send({
    kind: "contact",
    name: NAME,
    email: "canary-9170@example.com",
    phone: PRIVATE.phone,
    message: "?",
    consent: true,
    idempotencyKey: newKey(),
  });
  await staff.enquiries.move({ id, version: 1, to: "quoted", idempotencyKey: newKey() });

  for (const mark of Object.values(PRIVATE)) expect(await tablesWith(mark)).toEqual([]);
  expect(await tablesWith(NAME)).toEqual(["booking", "enquiry", "person", "registration"]);
  expect(await tablesWith(SECRET)).toEqual([]);

  // They are there for all that, for whoever has the academy's secret.
  const reader = fieldCipher(createKeyring(db, SECRET));
  const [asked] = await db.select().from(enquiry).where(eq(enquiry.id, id));
  const [they] = await db.select().from(person).where(eq(person.id, someone.id));
  const phonePlace = { table: "enquiry", column: "phone", id };
  const addressPlace = { table: "person", column: "address", id: someone.id };
  expect(await reader.decrypt(phonePlace, asked?.phone ?? "")).toBe(PRIVATE.phone);
  expect(await reader.decrypt(addressPlace, they?.address ?? "")).toBe(PRIVATE.address);
});
