import { mailMessage } from "@lectern/database/schema/mail";
import { useTestDatabase } from "@lectern/database/testing/database";
import { sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../domain-error.ts";
import { OPERATOR_CALL, newKey } from "../../testing/factories.ts";
import { findMail } from "./find-mail.ts";
import { KEY_MARKS } from "./keys-in-mails.ts";
import { listMails } from "./list-mails.ts";
import { resendMail } from "./resend-mail.ts";

const database = useTestDatabase();

async function createMails(count: number, values: Partial<typeof mailMessage.$inferInsert> = {}) {
  const aboutId = uuidv7();
  // All at one moment: the order must not depend on the clock alone.
  const createdAt = new Date();
  const ids = Array.from({ length: count }, () => uuidv7());
  await database()
    .db.insert(mailMessage)
    .values(
      ids.map((id) => ({
        id,
        kind: "reminder" as const,
        messageId: `<${id}@academy.example>`,
        recipientName: "Ada Lovelace",
        recipientEmail: "ada@example.com",
        subject: "Soon",
        html: "<p>Soon</p>",
        text: "Soon",
        aboutId,
        createdAt,
        ...values,
      })),
    );
  return { aboutId, ids };
}

async function refusal(promise: Promise<unknown>) {
  const error: unknown = await promise.catch((reason: unknown) => reason);
  if (!(error instanceof DomainError)) throw new Error("It was not refused", { cause: error });
  return error.body;
}

describe("mails for staff", () => {
  it("are found by the whole address of who got them, in any case", async () => {
    const recipientEmail = `${newKey()}@Example.com`;
    const { ids } = await createMails(2, { recipientEmail });
    const found = await listMails(database().db, {
      recipient: ` ${recipientEmail.toUpperCase()}`,
      limit: 10,
    });
    expect(found.items.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    expect(found.total).toBe(2);
    const other = await listMails(database().db, { recipient: "example.com", limit: 10 });
    expect(other.total).toBe(0);
  });

  it("are listed page by page, each once", async () => {
    const { aboutId, ids } = await createMails(7);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const answer: Awaited<ReturnType<typeof listMails>> = await listMails(database().db, {
        aboutId,
        limit: 3,
        cursor,
      });
      expect(answer.total).toBe(7);
      seen.push(...answer.items.map(({ id }) => id));
      cursor = answer.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(ids.toSorted().toReversed());
  });

  it("are found by what became of them", async () => {
    const { aboutId } = await createMails(2, { state: "failed", lastError: "550 No such user" });
    await createMails(1);
    const { items } = await listMails(database().db, { states: ["failed"], limit: 50 });
    expect(items).toHaveLength(2);
    expect(items[0]).toMatchObject({ aboutId, lastError: "550 No such user", state: "failed" });
  });

  it("are shown with all that they say", async () => {
    const { ids } = await createMails(1, {
      text: `Soon: ${KEY_MARKS.keyFor("booking", uuidv7())}`,
      calendar: "BEGIN:VCALENDAR",
      calendarMethod: "REQUEST",
    });
    expect(await findMail(database().db, { id: ids[0] ?? "" })).toMatchObject({
      text: "Soon: …",
      html: "<p>Soon</p>",
      messageId: `<${ids[0]}@academy.example>`,
      calendar: { method: "REQUEST", content: "BEGIN:VCALENDAR" },
    });
    expect(await refusal(findMail(database().db, { id: uuidv7() }))).toMatchObject({
      code: "NotFound",
    });
  });
});

describe("sending again", () => {
  async function deliveriesOf(id: string): Promise<number> {
    const { count } = await database().db.execute(
      sql`select from pgboss.job_common where name = 'mail.deliver' and data->>'mailId' = ${id}`,
    );
    return count;
  }

  it("puts a failed mail into the queue, once for a key", async () => {
    const { ids } = await createMails(1, { state: "failed", attempts: 3 });
    const input = { id: ids[0] ?? "", idempotencyKey: newKey() };
    const first = await resendMail(database().db, OPERATOR_CALL, input);
    const again = await resendMail(database().db, OPERATOR_CALL, input);
    expect(first.state).toBe("queued");
    expect(again).toEqual(first);
    expect(await deliveriesOf(input.id)).toBe(1);
  });

  it("is refused for a mail that has not failed", async () => {
    const { ids } = await createMails(1, { state: "sent", sentAt: new Date() });
    const id = ids[0] ?? "";
    const answer = refusal(
      resendMail(database().db, OPERATOR_CALL, { id, idempotencyKey: newKey() }),
    );
    expect(await answer).toMatchObject({ code: "Conflict", data: { detail: "sent" } });
    expect(await deliveriesOf(id)).toBe(0);
  });
});
