import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { connect } from "../connect.ts";
import { auditEntry } from "../schema/operations.ts";
import { AUDITED_ID, newAuditEntry } from "../testing/audit-log.ts";
import { createTestDatabase } from "../testing/database.ts";
import { type ChainedEntry, linkHash, NO_LINK, serialise } from "./chain.ts";
import { sealAudit } from "./seal.ts";
import { verifyAudit } from "./verify.ts";

function readNetstrings(bytes: Buffer): string[] {
  const texts: string[] = [];
  for (let at = 0; at < bytes.length;) {
    const start = bytes.indexOf(":", at) + 1;
    const end = start + Number(bytes.toString("latin1", at, start - 1));
    texts.push(bytes.toString("utf8", start, end));
    expect(bytes.toString("latin1", end, end + 1)).toBe(",");
    at = end + 1;
  }
  return texts;
}

describe("the hash of a link", () => {
  const entry: ChainedEntry = {
    id: "7",
    at: "1798761600123000",
    actor_kind: "public",
    actor_id: null,
    action: "booking.hold",
    entity: "booking",
    entity_id: AUDITED_ID,
    before: null,
    after: '{"name": "Zoë"}',
    request_id: "r",
    address: null,
    client: "",
  };

  it("is what the documentation says, to the byte", () => {
    const written =
      "2:id,1:7,2:at,16:1798761600123000,10:actor_kind,6:public,6:action,12:booking.hold," +
      `6:entity,7:booking,9:entity_id,36:${AUDITED_ID},5:after,16:{"name": "Zoë"},10:request_id,1:r,6:client,0:,`;
    const position = Buffer.from("0000000000000102", "hex");

    expect(serialise(entry)).toBe(written);
    expect(linkHash(NO_LINK, 258, entry)).toEqual(
      createHash("sha256")
        .update(Buffer.concat([Buffer.alloc(32), position, Buffer.from(written)]))
        .digest(),
    );
  });

  it("can be read back from what is hashed, whatever is in it: no two entries are written alike", () => {
    const value = fc.option(
      fc.oneof(
        fc.string({ unit: "binary", maxLength: 5 }),
        fc.constantFrom("", "1:a,", "6:client,0:,", "2:id,", ","),
      ),
    );
    const entries = fc.record({
      id: value,
      at: value,
      actor_kind: value,
      actor_id: value,
      action: value,
      entity: value,
      entity_id: value,
      before: value,
      after: value,
      request_id: value,
      address: value,
      client: value,
    });
    fc.assert(
      fc.property(entries, (written) => {
        const fields = Object.entries(written).filter(([, text]) => text !== null);
        expect(readNetstrings(Buffer.from(serialise(written)))).toEqual(fields.flat());
      }),
    );
  });

  it("does not depend on the settings of a connection", async () => {
    await using test = await createTestDatabase();
    await test.db.insert(auditEntry).values([
      newAuditEntry({
        b: 1,
        a: { z: "ä😀\u0001", y: [1.5, 1e21, 12345678901234567890n.toString()] },
      }),
    ]);
    await test.db.execute(
      sql`INSERT INTO audit_entry (actor_kind, action, entity, entity_id, before, after)
        VALUES ('system', 'run.cancel', 'run', ${AUDITED_ID}::uuid, '{"amount": 1.00}', '{"amount": 12345678901234567890.10}')`,
    );
    await sealAudit(test.db);
    const before = await verifyAudit(test.db);
    const elsewhere = await connect({ url: test.url, poolSize: 1 });
    for (const setting of [
      "timezone = 'Asia/Kolkata'",
      "datestyle = 'SQL, DMY'",
      "intervalstyle = 'postgres_verbose'",
      "extra_float_digits = -15",
    ]) {
      await elsewhere.execute(`set ${setting}`);
    }
    const after = await verifyAudit(elsewhere);
    await elsewhere.close();

    expect(before).toMatchObject({ entries: 2, sealed: 2, firstFault: null });
    expect(after).toEqual(before);
  });
});
