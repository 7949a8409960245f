import { type Html, html } from "@lectern/api/features/notifications/letters/html";
import { MAIL_LANGUAGES } from "@lectern/api/features/notifications/letters/write-letter";
import type { RenderedMail } from "@lectern/api/features/notifications/letters/render-mail";
import type { MailDetail, MailListOutput, MailSummary } from "@lectern/contract/mail";
import { MAIL_KINDS, type MailKind } from "@lectern/contract/vocabulary";
import type { z } from "zod";

/** The pages of the mailbox. They hold no inline script and no inline style. */

export interface PageFrame {
  readonly academy: string;
  readonly title: string;
}

function page({ academy, title }: PageFrame, content: Html, isSignedIn = true): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title} · Mailbox of ${academy}</title>
        <link rel="icon" href="/favicon.svg" />
        <link rel="stylesheet" href="/mailbox/assets/mailbox.css" />
        <script type="module" src="/mailbox/assets/mailbox.js"></script>
      </head>
      <body>
        <header>
          <strong>${academy}: mailbox</strong>
          ${
            isSignedIn
              ? html`<a href="/mailbox">Mails</a> <a href="/mailbox/preview">Templates</a>`
              : ""
          }
          <a href="/">To the site</a>
        </header>
        <main>
          <h1>${title}</h1>
          ${content}
        </main>
      </body>
    </html> `.source;
}

/** @param wasWrong whether a key was given that opens nothing */
export function signInPage(academy: string, wasWrong: boolean): string {
  return page(
    { academy, title: "Open the mailbox" },
    html`<p>
        This academy keeps its mails instead of sending them. They hold links that open bookings, so
        whoever reads them needs the mailbox’s key: the address that <code>npm start</code> prints
        has it.
      </p>
      <form method="post" action="/mailbox/session" data-sign-in>
        ${wasWrong ? html`<p class="alert" role="alert">That key opens nothing.</p>` : ""}
        <label for="key">Key</label>
        <input id="key" name="key" type="password" autocomplete="off" required />
        <button>Open</button>
      </form>`,
    false,
  );
}

export function listPage(academy: string, mails: z.infer<typeof MailListOutput>): string {
  const { items, nextCursor, total } = mails;
  const older = nextCursor === null ? "" : `/mailbox?after=${encodeURIComponent(nextCursor)}`;
  return page(
    { academy, title: "Mails" },
    total === 0
      ? html`<p>No mail yet. Book a place, and its confirmation lands here.</p>`
      : html`<p class="soft">${total === 1 ? "One mail" : `${total} mails`}, newest first</p>
          <ul class="mails">
            ${items.map(listItem)}
          </ul>
          ${older === "" ? "" : html`<p><a href="${older}">Older mails</a></p>`}`,
  );
}

function listItem(mail: MailSummary): Html {
  return html`<li>
    <div>
      <a href="/mailbox/mails/${mail.id}">${mail.subject}</a><br />
      <span class="soft"
        >to ${mail.recipient.name} &lt;${mail.recipient.email}&gt; ·
        ${mail.kind}${stateOf(mail)}</span
      >
    </div>
    ${time(mail.createdAt)}
  </li>`;
}

function stateOf({ state, lastError }: MailSummary): Html | string {
  if (state === "sent") return "";
  return html` ·
    <span class="${state === "failed" ? "alert" : "soft"}"
      >${state}${lastError === null ? "" : `: ${lastError}`}</span
    >`;
}

function time(instant: string): Html {
  const words = instant.replace("T", " ").replace(/:\d\d\.\d+Z$/u, " UTC");
  return html`<time datetime="${instant}">${words}</time>`;
}

export function mailPage(academy: string, mail: MailDetail): string {
  const { id, recipient, calendar } = mail;
  return page(
    { academy, title: mail.subject },
    html`<dl>
        <dt>To</dt>
        <dd>${recipient.name} &lt;${recipient.email}&gt;</dd>
        <dt>Written</dt>
        <dd>${time(mail.createdAt)}</dd>
        <dt>Kind</dt>
        <dd>${mail.kind}, in ${mail.language}</dd>
        <dt>Message-ID</dt>
        <dd>${mail.messageId}</dd>
        <dt>State</dt>
        <dd>${mail.state}${stateOf(mail)}</dd>
        ${calendar === null ? "" : calendarFact(`/mailbox/mails/${id}/calendar.ics`, calendar.method)}
      </dl>
      ${both(`/mailbox/mails/${id}/html`, mail.text)}
      ${
        calendar === null
          ? ""
          : html`<h2 id="calendar">Calendar</h2>
              <pre aria-labelledby="calendar" tabindex="0">${calendar.content}</pre>`
      }`,
  );
}

function calendarFact(url: string, method: string): Html {
  return html`<dt>Calendar</dt>
    <dd><a href="${url}">${method}</a></dd>`;
}

/** What a mail looks like, and how it reads without looks. */
function both(frameUrl: string, text: string): Html {
  return html`<h2 id="html">As HTML</h2>
    <iframe
      src="${frameUrl}"
      title="The mail as HTML"
      sandbox="allow-popups allow-popups-to-escape-sandbox"
    ></iframe>
    <h2 id="text">As text</h2>
    <pre aria-labelledby="text" tabindex="0">${text}</pre>`;
}

/** @returns the languages that mails are written in, each as a link but for the one that is shown */
function languageChoice(path: string, shown: string): Html {
  const choices = MAIL_LANGUAGES.map(({ language }) =>
    language === shown
      ? html`<strong>${language}</strong> `
      : html`<a href="${path}?language=${language}">${language}</a> `,
  );
  return html`<p>In ${choices}</p>`;
}

export function previewListPage(
  academy: string,
  language: string,
  variantsOf: (kind: MailKind) => readonly string[],
): string {
  return page(
    { academy, title: "Templates" },
    html`<p>
        Every kind of mail, with invented facts. Change a template, reload, and see it as it will
        be.
      </p>
      ${languageChoice("/mailbox/preview", language)}
      <ul class="mails">
        ${MAIL_KINDS.map(
          (kind) =>
            html`<li>
              <div>
                ${variantsOf(kind).map(
                  (subject, index) =>
                    html`<a href="/mailbox/preview/${kind}/${index}?language=${language}"
                        >${subject}</a
                      ><br />`,
                )}
              </div>
              <span class="soft">${kind}</span>
            </li>`,
        )}
      </ul>`,
  );
}

export function previewPage(
  academy: string,
  kind: MailKind,
  index: number,
  mail: RenderedMail,
): string {
  return page(
    { academy, title: mail.subject },
    html`<p class="soft">${kind}</p>
      ${languageChoice(`/mailbox/preview/${kind}/${index}`, mail.language)}
      ${both(`/mailbox/preview/${kind}/${index}/html?language=${mail.language}`, mail.text)}`,
  );
}
