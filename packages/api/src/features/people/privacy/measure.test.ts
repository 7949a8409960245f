import { useTestDatabase } from "@lectern/database/testing/database";
import { transaction } from "@lectern/database/transaction";
import { sql } from "drizzle-orm";
import { it } from "vitest";
import { createTestRun, testCall, TEST_FIELDS } from "../../../testing/factories.ts";
import { createPersonalBooking } from "../../../testing/personal-rows.ts";
import { signIn } from "../../../testing/signed-in.ts";
import { answerPlaceOf } from "../../../shared/once-only.ts";
import { erasePerson } from "./erasure/erase-person.ts";
import { forgetTraces } from "./erasure/forget-traces.ts";
import { hashOfAddress } from "./erasure/hash-of-address.ts";
import { makeRequest } from "./make-request.ts";
import { writeExport } from "./export/write-export.ts";
const database = useTestDatabase();
it("measure", async () => {
  const { db } = database();
  const owner = await signIn(db);
  const email = `${owner.id}@example.org`;
  const run = await createTestRun(db, { values: { startsAt: new Date("2026-01-05T08:00Z"), endsAt: new Date("2026-01-07T16:00Z"), status: "completed" } });
  await createPersonalBooking(db, run.id, { bookerId: owner.id, bookerEmail: email });
  const long = { timeoutMs: 250000, statementTimeoutMs: 200000 };
  await transaction(db, long, async (tx) => {
    await tx.execute(sql`insert into mail_message (id, kind, state, sent_at, message_id, recipient_name, recipient_email, subject, html, text, about_id)
      select gen_random_uuid(), 'booking_confirmed', 'sent', now(), g::text, 'N', 'm' || g || '@example.com', 's', repeat(md5(g::text), 100), repeat(md5(g::text), 40), gen_random_uuid() from generate_series(1, 100000) g`);
    await tx.execute(sql`insert into booking (id, reference, run_id, status, places, booker_name, booker_email, confirmed_at)
      select gen_random_uuid(), 'LC-' || upper(lpad(to_hex(g / 65536), 4, '0')) || '-' || lpad(upper(to_hex(g % 65536)), 4, '0'), ${run.id}, 'confirmed', 1, 'N', 'b' || g || '@example.com', now() from generate_series(1, 100000) g`);
    await tx.execute(sql`insert into audit_entry (actor_kind, action, entity, entity_id, after) select 'public', 'booking.hold', 'booking', gen_random_uuid(), '{"places": 1}' from generate_series(1, 200000) g`);
  });
  const place = (key: string) => answerPlaceOf("public:|bookings.confirm", key);
  const one = JSON.stringify({ booker: { name: "x", email: "someone@example.com" }, pad: "y".repeat(800) });
  for (let b = 0; b < 50; b++) {
    const rows = await Promise.all(Array.from({ length: 500 }, async (_, i) => { const key = `k${b}-${i}`; return sql`('public:|bookings.confirm', ${key}, '\\x00'::bytea, ${JSON.stringify({ e1: await TEST_FIELDS.encrypt(place(key), one) })}::jsonb)`; }));
    await db.execute(sql`insert into idempotency_key (scope, key, request_hash, answer) values ${sql.join(rows, sql`, `)}`);
  }
  await transaction(db, long, async (tx) => { await tx.execute(sql`analyze`); });
  const id = await transaction(db, {}, (tx) => makeRequest(tx, "export", owner.id, 0));
  let at = performance.now();
  await writeExport(db, testCall(), id, { isLastAttempt: false, signal: new AbortController().signal });
  console.log("export", performance.now() - at);
  at = performance.now();
  const requestId = await transaction(db, long, async (tx) => { const r = await makeRequest(tx, "erasure", owner.id, 0); const out = await erasePerson(tx, testCall(), { id: r, personId: owner.id }, null); console.log(JSON.stringify(out)); return r; });
  console.log("erase", performance.now() - at);
  at = performance.now();
  await forgetTraces(db, testCall(), { requestId, personIds: [owner.id], addressHashes: [hashOfAddress(email)], round: 0 });
  console.log("follow", performance.now() - at);
}, 400_000);
