import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { z } from "zod";
import { useTestDatabase } from "../testing/database.ts";
import { encryptedColumns } from "./encrypted-columns.ts";

const database = useTestDatabase();

const names = () => encryptedColumns().map(({ table, column }) => `${table}.${column}`);

it("finds the encrypted columns, each bound to the primary key of its row", () => {
  expect(names()).toEqual([
    "booking.booker_phone",
    "enquiry.phone",
    "identity_provider.client_secret",
    "join_link.url",
    "person.access_needs",
    "person.address",
    "person.dietary_needs",
    "person.phone",
    "totp_credential.secret",
  ]);
  expect(encryptedColumns().at(-1)).toEqual({
    table: "totp_credential",
    column: "secret",
    key: "person_id",
    keyType: "uuid",
  });
});

it("has a trigger at each of them that keeps its key, for every way of writing", async () => {
  const { rows } = await database().db.execute(sql`
    SELECT t.tgrelid::regclass || '.' || a.attname AS name, t.tgenabled, pg_get_triggerdef(t.oid) AS definition
    FROM pg_trigger t
      JOIN pg_proc p ON p.oid = t.tgfoid AND p.proname IN ('lectern_keep_data_key', 'lectern_keep_archive_key')
      JOIN pg_attribute a ON a.attrelid = t.tgrelid AND a.attnum = ANY (t.tgattr::int2[])`);
  const triggers = z
    .array(z.object({ name: z.string(), tgenabled: z.literal("O"), definition: z.string() }))
    .parse(rows);
  for (const { name, definition } of triggers) {
    const [, column = ""] = name.split(".");
    expect(definition).toContain(`AFTER INSERT OR UPDATE OF ${column} ON`);
    expect(definition).toMatch(
      new RegExp(`lectern_keep_(?:data_key\\('${column}'|archive_key)`, "u"),
    );
  }
  // Answers to keyed requests hold their encrypted text in JSON, and archives the key that they have.
  const others = ["idempotency_key.answer", "privacy_request.archive"];
  expect(triggers.map(({ name }) => name).toSorted()).toEqual([...names(), ...others].toSorted());
});
