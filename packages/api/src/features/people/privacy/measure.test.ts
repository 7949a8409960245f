import { useTestDatabase } from "@lectern/database/testing/database";
import { transaction } from "@lectern/database/transaction";
import { sql } from "drizzle-orm";
import { it } from "vitest";
import { TEST_FIELDS } from "../../../testing/factories.ts";
import { answerPlaceOf } from "../../../shared/once-only.ts";
import { forgetAnswers } from "./erasure/forget-answers.ts";
import { hashOfAddress } from "./erasure/hash-of-address.ts";
const database = useTestDatabase();
it("measure", async () => {
  const { db } = database();
  const place = (key: string) => answerPlaceOf("public:|bookings.confirm", key);
  const one = JSON.stringify({ booker: { name: "x", email: "someone@example.com" }, pad: "y".repeat(800) });
  for (let b = 0; b < 50; b++) {
    const rows = await Promise.all(Array.from({ length: 500 }, async (_, i) => { const key = `k${b}-${i}`; return sql`('public:|bookings.confirm', ${key}, '\\x00'::bytea, ${JSON.stringify({ e1: await TEST_FIELDS.encrypt(place(key), one) })}::jsonb)`; }));
    await db.execute(sql`insert into idempotency_key (scope, key, request_hash, answer) values ${sql.join(rows, sql`, `)}`);
  }
  const at = performance.now();
  await forgetAnswers(db, TEST_FIELDS, [hashOfAddress("a@example.com")], new Date());
  console.log("answers", performance.now() - at);
}, 400_000);
