import { accessKeys } from "@lectern/auth/access-key";
import { mailMessage } from "@lectern/database/schema/mail";
import { useTestDatabase } from "@lectern/database/testing/database";
import { eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { describe, expect, it } from "vitest";
import { deliverMail } from "./deliver-mail.ts";
import { KEY_MARKS } from "./keys-in-mails.ts";
import {
  MailRefused,
  type MailTransport,
  type OutgoingMail,
  keepingTransport,
} from "./mail-transport.ts";

const database = useTestDatabase();
const keys = accessKeys("a-secret-for-tests-and-nothing-else");

async function createMail(values: Partial<typeof mailMessage.$inferInsert> = {}) {
  const id = uuidv7();
  await database()
    .db.insert(mailMessage)
    .values({
      id,
      kind: "booking_confirmed",
      messageId: `<${id}@academy.example>`,
      recipientName: "Grace Hopper",
      recipientEmail: "grace@example.com",
      subject: "Booked",
      html: "<p>Booked</p>",
      text: "Booked",
      aboutId: uuidv7(),
      ...values,
    });
  return id;
}

async function mailOf(id: string) {
  const [row] = await database().db.select().from(mailMessage).where(eq(mailMessage.id, id));
  if (row === undefined) throw new Error("The mail is gone");
  return row;
}

/** A mail server that fails as it is told to, and remembers what it was given. */
function scripted(...failures: (Error | undefined)[]): MailTransport & { given: OutgoingMail[] } {
  const given: OutgoingMail[] = [];
  return {
    given,
    send: (mail) => {
      given.push(mail);
      const failure = failures[given.length - 1];
      return failure === undefined ? Promise.resolve() : Promise.reject(failure);
    },
  };
}

function deliver(id: string, transport: MailTransport, isLastAttempt = false): Promise<void> {
  return deliverMail(database().db, { transport, accessKeys: keys }, id, { isLastAttempt });
}

describe("delivering", () => {
  it("hands a mail over once", async () => {
    const id = await createMail({ calendar: "BEGIN:VCALENDAR", calendarMethod: "REQUEST" });
    const server = scripted();
    await deliver(id, server);
    await deliver(id, server);
    expect(server.given).toHaveLength(1);
    expect(server.given[0]).toMatchObject({
      messageId: `<${id}@academy.example>`,
      to: { name: "Grace Hopper", email: "grace@example.com" },
      calendar: { content: "BEGIN:VCALENDAR", method: "REQUEST" },
    });
    expect(await mailOf(id)).toMatchObject({ state: "sent", attempts: 1, lastError: null });
    expect((await mailOf(id)).sentAt).toBeInstanceOf(Date);
  });

  it("puts the keys in as the mail leaves", async () => {
    const about = uuidv7();
    const link = `https://academy.example/bookings/LC-7K3F-92QD#key=${KEY_MARKS.keyFor("booking", about)}`;
    const id = await createMail({ text: link, html: `<a href="${link}">Open</a>` });
    const server = scripted();
    await deliver(id, server);
    const key = keys.keyFor("booking", about);
    expect(server.given[0]?.text).toBe(`https://academy.example/bookings/LC-7K3F-92QD#key=${key}`);
    expect(server.given[0]?.html).toContain(`#key=${key}"`);
    expect((await mailOf(id)).text).not.toContain(key);
  });

  it("lets the queue try again while the server may take it later", async () => {
    const id = await createMail();
    const server = scripted(new Error("451 Try again later"));
    await expect(deliver(id, server)).rejects.toThrow("451");
    expect(await mailOf(id)).toMatchObject({
      state: "queued",
      attempts: 1,
      lastError: "451 Try again later",
      sentAt: null,
    });
    await deliver(id, server);
    expect(await mailOf(id)).toMatchObject({ state: "sent", attempts: 2, lastError: null });
    expect(new Set(server.given.map(({ messageId }) => messageId)).size).toBe(1);
    expect(new Set(server.given.map(({ writtenAt }) => writtenAt.getTime())).size).toBe(1);
  });

  it("gives up what the server refuses for good", async () => {
    const id = await createMail();
    const server = scripted(new MailRefused("550 No such user\u0000"));
    await deliver(id, server);
    await deliver(id, server);
    expect(server.given).toHaveLength(1);
    expect(await mailOf(id)).toMatchObject({
      state: "failed",
      attempts: 1,
      lastError: "550 No such user",
    });
  });

  it("gives up after the last attempt", async () => {
    const id = await createMail();
    await deliver(id, scripted(new Error("connect ECONNREFUSED")), true);
    expect(await mailOf(id)).toMatchObject({ state: "failed", lastError: "connect ECONNREFUSED" });
  });

  it("keeps mails where there is no mail server", async () => {
    const id = await createMail();
    await deliver(id, keepingTransport);
    expect((await mailOf(id)).state).toBe("sent");
  });

  it("does nothing for a mail that is not there", async () => {
    const server = scripted();
    await deliver(uuidv7(), server);
    expect(server.given).toEqual([]);
  });
});
