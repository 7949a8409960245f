import { randomUUID } from "node:crypto";
import { KEY_MARKS } from "@lectern/api/features/notifications/keys-in-mails";
import { MAIL_KINDS } from "@lectern/contract/vocabulary";
import { mailMessage } from "@lectern/database/schema/mail";
import { describe, expect, it } from "vitest";
import { mailboxKey } from "../../src/mail/mailbox-session.ts";
import { useTestServer } from "../support/test-server.ts";

const server = useTestServer({ mailbox: { academy: "Fjord Academy" } });
const withoutMailbox = useTestServer();

async function createMail(values: Partial<typeof mailMessage.$inferInsert> = {}) {
  const id = randomUUID();
  await server()
    .db.insert(mailMessage)
    .values({
      id,
      kind: "booking_confirmed",
      messageId: `<${id}@academy.example>`,
      recipientName: "Ada <script>alert(1)</script>",
      recipientEmail: "ada@example.com",
      subject: `Booked: "><script>alert(2)</script> ${id}`,
      html: "<!doctype html><html><head></head><body><a href='https://x.example'>x</a></body></html>",
      text: "Booked </pre><script>alert(3)</script>",
      aboutId: randomUUID(),
      ...values,
    });
  return id;
}

function get(path: string, cookie?: string) {
  return server().app.inject({
    method: "GET",
    url: path,
    ...(cookie !== undefined && { headers: { cookie } }),
  });
}

function signIn(key: string) {
  return server().app.inject({
    method: "POST",
    url: "/mailbox/session",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    payload: new URLSearchParams({ key }).toString(),
  });
}

/** As a browser keeps it. */
async function session(): Promise<string> {
  const answer = await signIn(mailboxKey(server().accessKeys));
  return String(answer.headers["set-cookie"]).split(";")[0] ?? "";
}

const GUARDED = [
  "/mailbox",
  "/mailbox/mails/0199f4a0-6d2c-7c3e-9c7e-000000000001",
  "/mailbox/mails/0199f4a0-6d2c-7c3e-9c7e-000000000001/html",
  "/mailbox/mails/0199f4a0-6d2c-7c3e-9c7e-000000000001/calendar.ics",
  "/mailbox/preview",
  "/mailbox/preview/offer/0",
  "/mailbox/preview/offer/0/html",
];

describe("the mailbox", () => {
  it.each(GUARDED)("%s asks for the key", async (path) => {
    const id = await createMail();
    const real = path.replace(/0199f4a0[^/]*/u, id);
    for (const cookie of [
      undefined,
      "lectern_mailbox=",
      `lectern_mailbox=${"A".repeat(43)}`,
      `lectern_mailbox=${server().accessKeys.keyFor("booking", "mailbox")}`,
      `${await session()}; ${await session()}`,
    ]) {
      const answer = await get(real, cookie);
      expect(answer.statusCode).toBe(401);
      expect(answer.body).toContain("Open the mailbox");
      expect(answer.body).not.toContain("ada@example.com");
    }
  });

  it("is not there where mails are sent", async () => {
    for (const path of [...GUARDED, "/mailbox/assets/mailbox.js"]) {
      expect((await withoutMailbox().app.inject({ method: "GET", url: path })).statusCode).toBe(
        404,
      );
    }
  });

  it("opens with the key, which no script and no other site gets", async () => {
    const answer = await signIn(mailboxKey(server().accessKeys));
    expect(answer.statusCode).toBe(303);
    expect(answer.headers.location).toBe("/mailbox");
    expect(answer.headers["set-cookie"]).toMatch(/; HttpOnly; SameSite=Strict$/u);
    expect((await get("/mailbox", await session())).statusCode).toBe(200);
    for (const wrong of ["", "x", "A".repeat(43)]) {
      const refused = await signIn(wrong);
      expect(refused.statusCode).toBe(401);
      expect(refused.headers["set-cookie"]).toBeUndefined();
      expect(refused.body).toContain("That key opens nothing");
    }
    expect(server().log()).not.toContain(mailboxKey(server().accessKeys));
  });

  it("takes no form that is too large, and no other body", async () => {
    const large = await signIn("A".repeat(2000));
    expect(large.statusCode).toBe(413);
    const json = await server().app.inject({
      method: "POST",
      url: "/mailbox/session",
      payload: { key: [mailboxKey(server().accessKeys)] },
    });
    expect(json.statusCode).toBe(401);
  });

  it("lists mails with the newest first, page by page", async () => {
    const cookie = await session();
    const ids: string[] = [];
    for (let index = 0; index < 60; index++) {
      ids.push(await createMail({ createdAt: new Date(Date.UTC(2090, 0, 1, 0, index)) }));
    }
    const first = await get("/mailbox", cookie);
    const shown = [...first.body.matchAll(/\/mailbox\/mails\/([0-9a-f-]{36})"/gu)].map(
      ([, id]) => id,
    );
    expect(shown).toEqual(ids.toReversed().slice(0, 50));
    const next = /href="(\/mailbox\?after=[^"]+)"/u.exec(first.body)?.[1] ?? "";
    const second = await get(next, cookie);
    expect(second.body).toContain(ids[0]);
    expect(second.body).not.toContain(ids[59]);
    expect((await get("/mailbox?after=nonsense", cookie)).statusCode).toBe(404);
  });

  it("shows what strangers wrote as text", async () => {
    const cookie = await session();
    const id = await createMail();
    for (const path of ["/mailbox", `/mailbox/mails/${id}`]) {
      const { body, headers } = await get(path, cookie);
      expect(body).toContain("&lt;script&gt;");
      expect(body).not.toContain("<script>");
      expect(body.match(/<script/gu)).toHaveLength(1);
      expect(headers["content-security-policy"]).toContain("script-src 'self'");
      expect(headers["cache-control"]).toBe("no-store");
    }
  });

  it("shows a mail in a frame that can do nothing", async () => {
    const cookie = await session();
    const id = await createMail();
    const page = await get(`/mailbox/mails/${id}`, cookie);
    expect(page.body).toMatch(
      /<iframe\s+src="[^"]+"\s+title="[^"]+"\s+sandbox="allow-popups allow-popups-to-escape-sandbox"/u,
    );
    const { body, headers } = await get(`/mailbox/mails/${id}/html`, cookie);
    const policy = String(headers["content-security-policy"]);
    expect(policy).toContain("sandbox allow-popups");
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'self'");
    expect(policy).not.toMatch(/allow-scripts|allow-same-origin|script-src/u);
    expect(body).toContain('<base target="_blank">');
  });

  it("shows a mail with the keys that it would have been sent with", async () => {
    const cookie = await session();
    const about = randomUUID();
    const link = `https://academy.example/bookings/LC-7K3F-92QD#key=${KEY_MARKS.keyFor("booking", about)}`;
    const id = await createMail({ html: `<a href="${link}">Open</a>`, text: link });
    const key = server().accessKeys.keyFor("booking", about);
    for (const path of [`/mailbox/mails/${id}`, `/mailbox/mails/${id}/html`]) {
      expect((await get(path, cookie)).body).toContain(`LC-7K3F-92QD#key=${key}`);
    }
  });

  it("gives the calendar of a mail that has one", async () => {
    const cookie = await session();
    const id = await createMail({ calendar: "BEGIN:VCALENDAR\r\n", calendarMethod: "REQUEST" });
    const answer = await get(`/mailbox/mails/${id}/calendar.ics`, cookie);
    expect(answer.headers["content-type"]).toContain("text/calendar");
    expect(answer.headers["content-disposition"]).toContain("attachment");
    expect(answer.body).toBe("BEGIN:VCALENDAR\r\n");
    const none = await createMail();
    expect((await get(`/mailbox/mails/${none}/calendar.ics`, cookie)).statusCode).toBe(404);
  });

  it("knows no mail that is none", async () => {
    const cookie = await session();
    for (const path of [
      `/mailbox/mails/${randomUUID()}`,
      "/mailbox/mails/1",
      "/mailbox/preview/nonsense/0",
      "/mailbox/preview/offer/9",
    ]) {
      expect((await get(path, cookie)).statusCode).toBe(404);
    }
  });

  it("previews every kind of mail", async () => {
    const cookie = await session();
    const list = await get("/mailbox/preview", cookie);
    for (const kind of MAIL_KINDS) {
      expect(list.body).toContain(`/mailbox/preview/${kind}/0`);
      const page = await get(`/mailbox/preview/${kind}/0`, cookie);
      expect(page.statusCode).toBe(200);
      const frame = await get(`/mailbox/preview/${kind}/0/html`, cookie);
      expect(frame.body).toContain("Fjord Academy sends this");
    }
  });

  it("previews mails in each language, and those that have no words in the first one", async () => {
    const cookie = await session();
    const list = await get("/mailbox/preview?language=nb", cookie);
    expect(list.body).toContain("/mailbox/preview/offer/0?language=nb");
    expect(list.body).toContain('<a href="/mailbox/preview?language=en">en</a>');
    const page = await get("/mailbox/preview/offer/0?language=nb", cookie);
    expect(page.body).toContain("/mailbox/preview/offer/0/html?language=nb");
    const frame = await get("/mailbox/preview/offer/0/html?language=nb", cookie);
    expect(frame.body).toContain("Fjord Academy sender dette");
    const other = await get("/mailbox/preview/offer/0/html?language=de", cookie);
    expect(other.body).toContain("Fjord Academy sends this");
    expect((await get("/mailbox/preview?language=%3Cb%3E", cookie)).statusCode).toBe(404);
  });
});
