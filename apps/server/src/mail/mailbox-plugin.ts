import { findMail } from "@lectern/api/features/notifications/find-mail";
import { renderMail } from "@lectern/api/features/notifications/letters/render-mail";
import { wordsFor } from "@lectern/api/features/notifications/letters/write-letter";
import { listMails } from "@lectern/api/features/notifications/list-mails";
import { sampleMails } from "@lectern/api/features/notifications/samples";
import { DomainError } from "@lectern/api/domain-error";
import type { AccessKeys } from "@lectern/auth/access-key";
import { Cursor, Id, LanguageTag } from "@lectern/contract/primitives";
import { MailKind } from "@lectern/contract/vocabulary";
import type { Database } from "@lectern/database/connect";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { queryOf } from "../query-string.ts";
import { MAILBOX_SCRIPT, MAILBOX_STYLE } from "./mailbox-assets.ts";
import { listPage, mailPage, previewListPage, previewPage, signInPage } from "./mailbox-pages.ts";
import { isMailboxKey, isSignedIn, sessionCookie } from "./mailbox-session.ts";

export interface MailboxOptions {
  readonly db: Database;
  readonly accessKeys: AccessKeys;
  readonly academy: string;
  readonly overHttps: boolean;
}

/** A key and its name. */
const FORM_LIMIT_BYTES = 1024;
const PAGE_SIZE = 50;

const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "frame-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** A mail can't run anything, load anything or send anything; its links open in a window of their own. */
const MAIL_POLICY = [
  "sandbox allow-popups allow-popups-to-escape-sandbox",
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join("; ");

const KeyForm = z.object({ key: z.string() });
const ListQuery = z.object({ after: Cursor.optional() });
const MailParams = z.object({ id: Id });
/** Which language the templates are shown in: the first one where nothing is said. */
const PreviewQuery = z.object({ language: LanguageTag.default("en") });
const PreviewParams = z.object({ kind: MailKind, index: z.coerce.number().int().min(0).max(9) });

/**
 * The mailbox of an academy without a mail server: its mails, and how each kind of mail looks. Mails
 * hold links that open bookings, so nothing of it is shown without the mailbox's key.
 */
export function mailboxPlugin(
  app: FastifyInstance,
  options: MailboxOptions,
  done: () => void,
): void {
  const { db, accessKeys, academy, overHttps } = options;

  app.addContentTypeParser(
    "application/x-www-form-urlencoded",
    { parseAs: "string", bodyLimit: FORM_LIMIT_BYTES },
    (_request, body, parsed) => {
      parsed(null, Object.fromEntries(new URLSearchParams(String(body))));
    },
  );
  app.addHook("onRequest", (_request, reply, next) => {
    reply.headers({
      "cache-control": "no-store",
      "content-security-policy": PAGE_POLICY,
      "referrer-policy": "no-referrer",
      "x-robots-tag": "noindex",
    });
    next();
  });
  app.setErrorHandler((error, _request, reply) => {
    const isUnknown = error instanceof DomainError && error.code === "NotFound";
    if (isUnknown || error instanceof z.ZodError || error instanceof DomainError)
      return reply.code(404).type("text/plain; charset=utf-8").send("There is no such mail.\n");
    throw error;
  });

  app.get("/mailbox/assets/mailbox.css", (_request, reply) =>
    reply.type("text/css; charset=utf-8").send(MAILBOX_STYLE),
  );
  app.get("/mailbox/assets/mailbox.js", (_request, reply) =>
    reply.type("text/javascript; charset=utf-8").send(MAILBOX_SCRIPT),
  );

  app.post("/mailbox/session", (request, reply) => {
    const form = KeyForm.safeParse(request.body);
    if (!form.success || !isMailboxKey(accessKeys, form.data.key.trim())) {
      return sendPage(reply.code(401), signInPage(academy, true));
    }
    return reply
      .header("set-cookie", sessionCookie(accessKeys, overHttps))
      .redirect("/mailbox", 303);
  });

  /** A page for whoever has the key; for everybody else the form that asks for it. */
  function guarded(
    path: string,
    answer: (request: FastifyRequest, reply: FastifyReply) => unknown,
  ): void {
    app.get(path, async (request, reply) => {
      if (!isSignedIn(accessKeys, request, overHttps)) {
        return sendPage(reply.code(401), signInPage(academy, false));
      }
      return answer(request, reply);
    });
  }

  guarded("/mailbox", async (request, reply) => {
    const { after } = ListQuery.parse(queryOf(request));
    const mails = await listMails(db, { limit: PAGE_SIZE, cursor: after ?? null });
    return sendPage(reply, listPage(academy, mails));
  });

  guarded("/mailbox/mails/:id", async (request, reply) =>
    sendPage(
      reply,
      mailPage(academy, await findMail(db, MailParams.parse(request.params), accessKeys)),
    ),
  );

  guarded("/mailbox/mails/:id/html", async (request, reply) => {
    const { html } = await findMail(db, MailParams.parse(request.params), accessKeys);
    return sendMail(reply, html);
  });

  guarded("/mailbox/mails/:id/calendar.ics", async (request, reply) => {
    const { calendar } = await findMail(db, MailParams.parse(request.params));
    if (calendar === null) return reply.callNotFound();
    return reply
      .type(`text/calendar; charset=utf-8; method=${calendar.method}`)
      .header("content-disposition", 'attachment; filename="calendar.ics"')
      .send(calendar.content);
  });

  guarded("/mailbox/preview", (request, reply) => {
    const language = previewLanguage(request);
    return sendPage(
      reply,
      previewListPage(academy, language, (kind) =>
        sampleMails(kind).map((sample) => renderMail(sample, language, academy).subject),
      ),
    );
  });

  guarded("/mailbox/preview/:kind/:index", (request, reply) => {
    const { kind, index } = PreviewParams.parse(request.params);
    const language = previewLanguage(request);
    const sample = sampleMails(kind)[index];
    if (sample === undefined) return reply.callNotFound();
    return sendPage(
      reply,
      previewPage(academy, kind, index, renderMail(sample, language, academy)),
    );
  });

  guarded("/mailbox/preview/:kind/:index/html", (request, reply) => {
    const { kind, index } = PreviewParams.parse(request.params);
    const language = previewLanguage(request);
    const sample = sampleMails(kind)[index];
    if (sample === undefined) return reply.callNotFound();
    return sendMail(reply, renderMail(sample, language, academy).html);
  });
  done();
}

/** @returns the language that a template is asked for in, if mails are written in it */
function previewLanguage(request: FastifyRequest): string {
  return wordsFor(PreviewQuery.parse(queryOf(request)).language).language;
}

function sendPage(reply: FastifyReply, page: string): FastifyReply {
  return reply.type("text/html; charset=utf-8").send(page);
}

/** Links of a mail open beside the mailbox, and not in the frame. */
function sendMail(reply: FastifyReply, mail: string): FastifyReply {
  return reply
    .header("content-security-policy", MAIL_POLICY)
    .type("text/html; charset=utf-8")
    .send(mail.replace(/<head>/u, '<head><base target="_blank">'));
}
