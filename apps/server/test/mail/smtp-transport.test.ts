import { MailRefused, type OutgoingMail } from "@lectern/api/features/notifications/mail-transport";
import { describe, expect, it } from "vitest";
import { freePort } from "../support/lectern-process.ts";
import { type SmtpTransport, createSmtpTransport } from "../../src/mail/smtp-transport.ts";
import { CERTIFICATE } from "./certificate.ts";
import { type MailServer, type MailServerOptions, startMailServer } from "./mail-server.ts";

const CALENDAR = [
  "BEGIN:VCALENDAR",
  "VERSION:2.0",
  "PRODID:-//Lectern//Lectern//EN",
  "METHOD:REQUEST",
  "BEGIN:VEVENT",
  "UID:one@lectern",
  "DTSTAMP:20270101T000000Z",
  "DTSTART:20270326T080000Z",
  "END:VEVENT",
  "END:VCALENDAR",
  "",
].join("\r\n");

function mail(overrides: Partial<OutgoingMail> = {}): OutgoingMail {
  return {
    messageId: "<0199f4a0-6d2c-7c3e-9c7e-000000000001@academy.example>",
    to: { name: "Åse Øverli, jr.", email: "ase@example.com" },
    replyTo: null,
    subject: "Booked: Øvelse gjør mester — 25–29 March 2027",
    html: "<p>You are <b>booked</b>: Øvelse</p>",
    text: "You are booked: Øvelse",
    calendar: { content: CALENDAR, method: "REQUEST" },
    language: "en",
    writtenAt: new Date("2027-01-10T12:00:00Z"),
    ...overrides,
  };
}

/** A server and what talks to it, both gone at the end of the test. */
async function connect(
  options: MailServerOptions & { as?: string; scheme?: "smtp" | "smtps" } = {},
): Promise<AsyncDisposable & { server: MailServer; transport: SmtpTransport }> {
  const { as, scheme = "smtp", ...behaviour } = options;
  const server = await startMailServer(behaviour);
  const transport = createSmtpTransport({
    url: `${scheme}://${as === undefined ? "" : `${as}@`}localhost:${server.port}`,
    sender: { name: "Lectern, the academy", email: "academy@example.com" },
    tls: { ca: CERTIFICATE },
  });
  return {
    server,
    transport,
    [Symbol.asyncDispose]: async () => {
      transport.close();
      await server[Symbol.asyncDispose]();
    },
  };
}

async function failureOf(sending: Promise<void>): Promise<unknown> {
  return sending.then(
    () => undefined,
    (reason: unknown) => reason,
  );
}

describe("the mail server", () => {
  it("gets the mail as it was written", async () => {
    await using at = await connect();
    await at.transport.send(mail());
    const [got] = at.server.received;
    expect(got?.messageId).toBe("<0199f4a0-6d2c-7c3e-9c7e-000000000001@academy.example>");
    expect(got?.subject).toBe("Booked: Øvelse gjør mester — 25–29 March 2027");
    expect(got?.from?.value[0]).toMatchObject({
      name: "Lectern, the academy",
      address: "academy@example.com",
    });
    expect([got?.to].flat()[0]?.value[0]).toMatchObject({
      name: "Åse Øverli, jr.",
      address: "ase@example.com",
    });
    expect(got?.html).toContain("<b>booked</b>: Øvelse");
    expect(got?.text?.trim()).toBe("You are booked: Øvelse");
    expect(got?.date).toEqual(new Date("2027-01-10T12:00:00Z"));
    expect(got?.headers.get("auto-submitted")).toBe("auto-generated");
    expect(got?.headers.get("content-language")).toBe("en");
    expect(got?.replyTo).toBe(undefined);
  });

  it("gets whom an answer goes to, where somebody reads it", async () => {
    await using at = await connect();
    const replyTo = { name: "Lectern, the office", email: "office@example.com" };
    await at.transport.send(mail({ replyTo }));
    expect(at.server.received[0]?.replyTo?.value[0]).toMatchObject({
      name: "Lectern, the office",
      address: "office@example.com",
    });
  });

  it("gets the calendar as an invitation, and as a file", async () => {
    await using at = await connect();
    await at.transport.send(mail());
    const calendars = (at.server.received[0]?.attachments ?? []).filter(({ contentType }) =>
      /^(?:text\/calendar|application\/ics)$/u.test(contentType),
    );
    expect(calendars.length).toBeGreaterThanOrEqual(1);
    for (const { content } of calendars) expect(content.toString()).toBe(CALENDAR);
    expect(calendars.some(({ filename }) => filename === "calendar.ics")).toBe(true);
  });

  it("gets no header that somebody wrote into a name or a subject", async () => {
    await using at = await connect();
    await at.transport.send(
      mail({
        subject: "Booked\r\nBcc: everybody@example.com",
        to: { name: "Ada\r\nBcc: all@example.com", email: "ada@example.com" },
      }),
    );
    const [got] = at.server.received;
    expect(got?.headers.has("bcc")).toBe(false);
    expect([got?.to].flat()).toHaveLength(1);
  });

  it("is signed in to over TLS where the scheme says smtp", async () => {
    await using at = await connect({
      startTls: true,
      auth: { user: "lectern", password: "p@ss/word" },
      as: `lectern:${encodeURIComponent("p@ss/word")}`,
    });
    await at.transport.send(mail());
    expect(at.server.secure).toEqual([true]);
  });

  it("does not get a password without TLS from another machine's Lectern", async () => {
    await using server = await startMailServer({ auth: { user: "lectern", password: "secret" } });
    // Another name of this machine that does not look like one.
    const transport = createSmtpTransport({
      url: `smtp://lectern:secret@[::ffff:127.0.0.1]:${server.port}`,
      sender: { name: "Lectern", email: "academy@example.com" },
    });
    const failure = await failureOf(transport.send(mail()));
    transport.close();
    expect(String(failure)).toContain("STARTTLS");
    expect(failure).not.toBeInstanceOf(MailRefused);
    expect(server.received).toEqual([]);
  });

  it("gets nothing from another machine's Lectern without TLS, unless that network is trusted", async () => {
    await using server = await startMailServer();
    const send = async (mayBePlain: boolean) => {
      const transport = createSmtpTransport({
        url: `smtp://[::ffff:127.0.0.1]:${server.port}`,
        sender: { name: "Lectern", email: "academy@example.com" },
        mayBePlain,
      });
      try {
        await transport.send(mail());
      } finally {
        transport.close();
      }
    };
    const failure = await failureOf(send(false));
    expect(String(failure)).toContain("STARTTLS");
    expect(failure).not.toBeInstanceOf(MailRefused);
    expect(server.received).toEqual([]);
    await send(true);
    expect(server.received).toHaveLength(1);
  });

  it("that refuses the password keeps the mail waiting", async () => {
    await using at = await connect({
      auth: { user: "lectern", password: "right" },
      as: "lectern:wrong",
    });
    const failure = await failureOf(at.transport.send(mail()));
    expect(String(failure)).toContain("535");
    expect(failure).not.toBeInstanceOf(MailRefused);
  });

  it("that knows no such recipient refuses for good", async () => {
    await using at = await connect({
      onRecipient: () => ({ status: 550, words: "No such user here" }),
    });
    const failure = await failureOf(at.transport.send(mail()));
    expect(failure).toBeInstanceOf(MailRefused);
    expect(String(failure)).toContain("No such user here");
  });

  it("that refuses the content refuses for good", async () => {
    await using at = await connect({ onMail: () => ({ status: 554, words: "Looks like spam" }) });
    expect(await failureOf(at.transport.send(mail()))).toBeInstanceOf(MailRefused);
  });

  it("that is busy takes the same mail later", async () => {
    const answers = [{ status: 451, words: "Try again later" }, undefined];
    await using at = await connect({ onMail: () => answers.shift() });
    const failure = await failureOf(at.transport.send(mail()));
    expect(failure).toBeInstanceOf(Error);
    expect(failure).not.toBeInstanceOf(MailRefused);
    await at.transport.send(mail());
    const ids = at.server.received.map(({ messageId }) => messageId);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });

  it("whose answer is lost gets the same Message-ID again", async () => {
    const answers = ["drop" as const, undefined];
    await using at = await connect({ onMail: () => answers.shift() });
    const failure = await failureOf(at.transport.send(mail()));
    expect(failure).toBeInstanceOf(Error);
    expect(failure).not.toBeInstanceOf(MailRefused);
    // Tried once: trying again is the queue's business.
    expect(at.server.received).toHaveLength(1);
    await at.transport.send(mail());
    expect(new Set(at.server.received.map(({ messageId }) => messageId)).size).toBe(1);
    expect(at.server.received).toHaveLength(2);
  });

  it("that is not there is tried later", async () => {
    const transport = createSmtpTransport({
      url: `smtp://localhost:${await freePort()}`,
      sender: { name: "Lectern", email: "academy@example.com" },
    });
    const failure = await failureOf(transport.send(mail()));
    transport.close();
    expect(String(failure)).toContain("ECONNREFUSED");
    expect(failure).not.toBeInstanceOf(MailRefused);
  });

  it("is not troubled with who has no address", async () => {
    await using at = await connect();
    const failure = await failureOf(
      at.transport.send(mail({ to: { name: "Staff", email: "staff@lectern.invalid" } })),
    );
    expect(failure).toBeInstanceOf(MailRefused);
    expect(at.server.received).toEqual([]);
  });

  it("is left when the job is told to stop", async () => {
    await using at = await connect({ onMail: () => "drop" });
    const signal = AbortSignal.abort(new Error("The worker stops"));
    expect(await failureOf(at.transport.send(mail(), signal))).toBeInstanceOf(Error);
    expect(at.server.received).toEqual([]);
  });
});
