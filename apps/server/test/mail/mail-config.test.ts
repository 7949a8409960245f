import { MailRefused, keepingTransport } from "@lectern/api/features/notifications/mail-transport";
import { describe, expect, it } from "vitest";
import { ConfigError, readConfig } from "../../src/config.ts";
import { parseMailAddress } from "../../src/mail/mail-address.ts";
import { openMail } from "../../src/mail/open-mail.ts";
import { startMailServer } from "./mail-server.ts";

function read(environment: Record<string, string>) {
  return readConfig(environment, "/").mail;
}

function complaintOf(environment: Record<string, string>): string {
  try {
    readConfig(environment, "/");
    return "";
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message;
  }
}

describe("an address", () => {
  it.each([
    ["academy@example.com", "", "academy@example.com"],
    ["<academy@example.com>", "", "academy@example.com"],
    ["Fjord Academy <academy@example.com>", "Fjord Academy", "academy@example.com"],
    [' "Fjord, Oslo" <academy@example.com> ', "Fjord, Oslo", "academy@example.com"],
  ])("%s is read", (text, name, email) => {
    expect(parseMailAddress(text)).toEqual({ name, email });
  });

  it.each(["", "academy", "a b@example.com", "A <b>", "A <b@c.d> e", "a@b.c, d@e.f"])(
    "%j is none",
    (text) => {
      expect(parseMailAddress(text)).toBeUndefined();
    },
  );
});

describe("the mail's configuration", () => {
  it("is to keep mails where nothing is said", () => {
    const config = read({});
    expect(config).toEqual({
      smtpUrl: undefined,
      sender: undefined,
      mayBePlain: false,
      staff: undefined,
      staffLanguage: "en",
    });
    const mail = openMail(config, "http://localhost:3000");
    expect(mail.transport).toBe(keepingTransport);
    expect(mail.settings).toMatchObject({
      academy: "Lectern",
      host: "localhost",
      sender: { name: "Lectern", email: "no-reply@localhost" },
    });
  });

  it("names the academy as its sender does", () => {
    const config = read({
      LECTERN_SMTP_URL: "smtp://mail.example.com",
      LECTERN_MAIL_FROM: "Fjord Academy <academy@fjord.example>",
      LECTERN_STAFF_MAIL: "staff@fjord.example",
      LECTERN_STAFF_LANGUAGE: "nb",
    });
    const mail = openMail(config, "https://academy.example");
    mail.close();
    expect(mail.settings).toMatchObject({
      academy: "Fjord Academy",
      host: "fjord.example",
      staff: { email: "staff@fjord.example" },
      staffLanguage: "nb",
    });
  });

  it("wants a sender with a mail server, and says what is wrong without repeating it", () => {
    expect(complaintOf({ LECTERN_SMTP_URL: "smtp://user:secret@mail.example.com" })).toContain(
      "LECTERN_MAIL_FROM must be set",
    );
    const wrong = complaintOf({
      LECTERN_SMTP_URL: "https://user:secret@mail.example.com",
      LECTERN_MAIL_FROM: "nobody",
    });
    expect(wrong).toContain("LECTERN_SMTP_URL must look like smtp://");
    expect(wrong).toContain("LECTERN_MAIL_FROM must look like");
    expect(wrong).not.toMatch(/secret|nobody/u);
  });

  it("sends nothing to staff where no address is set for them", async () => {
    await using server = await startMailServer();
    const mail = openMail(
      read({
        LECTERN_SMTP_URL: `smtp://localhost:${server.port}`,
        LECTERN_MAIL_FROM: "academy@example.com",
      }),
      "https://academy.example",
    );
    const sending = mail.transport.send({
      messageId: "<one@example.com>",
      to: mail.settings.staff,
      replyTo: null,
      subject: "To be decided",
      html: "",
      text: "",
      calendar: null,
      language: "en",
      writtenAt: new Date(),
    });
    await expect(sending).rejects.toBeInstanceOf(MailRefused);
    mail.close();
    expect(server.received).toEqual([]);
  });
});
