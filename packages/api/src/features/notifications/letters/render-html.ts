import { Html, html, lines } from "./html.ts";
import { renderMarkdown } from "./render-markdown.ts";
import type { Block, Fact, Letter, Link } from "./letter.ts";

/**
 * HTML for mail programs, which know what browsers knew long ago: tables, and styles on each element.
 * Those that know more get a dark dress from the style element. Nothing is loaded from anywhere.
 */

const SERIF = "Georgia, 'Times New Roman', serif";
const SANS = "'Source Sans 3', 'Helvetica Neue', Helvetica, Arial, sans-serif";
const INK = "#17181c";
const SOFT = "#4c4d54";
const ACCENT = "#2336d4";
const RULE = "#dcd9d0";
const PAPER = "#faf9f6";
const RAISED = "#ffffff";

const PARAGRAPH = `margin:0 0 16px;font-family:${SANS};font-size:17px;line-height:1.5;color:${INK}`;
const SMALL = `margin:0 0 12px;font-family:${SANS};font-size:14px;line-height:1.5;color:${SOFT}`;

const STYLES = new Html(`
:root { color-scheme: light dark; supported-color-schemes: light dark; }
a { color: ${ACCENT}; }
@media (max-width: 480px) {
  .box { padding: 24px 20px !important; }
  .label, .value { display: block !important; width: auto !important; }
  .label { padding-bottom: 0 !important; border-bottom: 0 !important; }
  .value { padding-top: 2px !important; }
}
@media (prefers-color-scheme: dark) {
  .paper { background-color: #141518 !important; }
  .box { background-color: #1b1d21 !important; border-color: #303238 !important; }
  .ink { color: #ebe8e1 !important; }
  .soft { color: #b4b1aa !important; }
  .label, .value { border-color: #303238 !important; }
  .link { color: #a3adff !important; }
  .key { background-color: #a3adff !important; }
  .key a { color: #12142b !important; }
}`);

/** Keeps what follows out of the line that lists of mails show after the subject. */
const FILLER = new Html("&#847;&zwnj;&nbsp;".repeat(60));

/** Only such addresses become links, so that nothing else can be called by a click. */
const WEB_ADDRESS = /^https?:\/\/[^\s"<>]+$/u;

export interface Frame {
  /** Of the letter. */
  readonly language: string;
  /** Name of the academy. */
  readonly academy: string;
  readonly footer: string;
}

/** @returns a whole document; everything in the letter is escaped */
export function renderHtml(letter: Letter, frame: Frame): string {
  return html`<!doctype html>
    <html lang="${frame.language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <meta name="format-detection" content="telephone=no, date=no, address=no, email=no" />
        <title>${letter.subject}</title>
        <style>
          ${STYLES}
        </style>
      </head>
      <body class="paper" style="margin:0;padding:0;background-color:${PAPER}">
        <div style="display:none;max-height:0;overflow:hidden;mso-hide:all">
          ${letter.preheader}${FILLER}
        </div>
        <table
          role="presentation"
          class="paper"
          width="100%"
          cellpadding="0"
          cellspacing="0"
          border="0"
          style="background-color:${PAPER}"
        >
          <tr>
            <td align="center" style="padding:24px 12px">
              <table
                role="presentation"
                width="600"
                cellpadding="0"
                cellspacing="0"
                border="0"
                style="width:100%;max-width:600px"
              >
                <tr>
                  <td
                    class="ink"
                    style="padding:0 4px 16px;font-family:${SERIF};font-size:20px;color:${INK}"
                  >
                    ${frame.academy}
                  </td>
                </tr>
                <tr>
                  <td
                    class="box"
                    style="padding:32px 36px;background-color:${RAISED};border:1px solid ${RULE}"
                  >
                    <h1
                      class="ink"
                      style="margin:0 0 20px;font-family:${SERIF};font-size:28px;line-height:1.2;font-weight:normal;color:${INK}"
                    >
                      ${letter.heading}
                    </h1>
                    ${letter.blocks.map(renderBlock)}
                  </td>
                </tr>
                <tr>
                  <td
                    class="soft"
                    style="padding:16px 4px;font-family:${SANS};font-size:13px;line-height:1.5;color:${SOFT}"
                  >
                    ${frame.footer}
                  </td>
                </tr>
              </table>
            </td>
          </tr>
        </table>
      </body>
    </html> `.source;
}

function renderBlock(block: Block): Html {
  switch (block.type) {
    case "text":
      return html`<p class="ink" style="${PARAGRAPH}">${lines(block.text)}</p> `;
    case "markdown":
      return renderMarkdown(block.source, { paragraph: PARAGRAPH, accent: ACCENT, serif: SERIF });
    case "note":
      return html`<p class="soft" style="${SMALL}">${lines(block.text)}</p> `;
    case "facts":
      return html`<table
        role="presentation"
        width="100%"
        cellpadding="0"
        cellspacing="0"
        border="0"
        style="margin:4px 0 20px;border-collapse:collapse"
      >
        ${block.facts.map(renderFact)}
      </table> `;
    case "links":
      return html`<table
        role="presentation"
        width="100%"
        cellpadding="0"
        cellspacing="0"
        border="0"
        style="margin:4px 0 20px;border-collapse:collapse"
      >
        ${block.links.map(({ label, url }) => renderFact({ label, lines: [url] }))}
      </table> `;
    case "button":
      return renderButton(block);
  }
}

function renderFact({ label, lines: values }: Fact): Html {
  const cell = `padding:9px 0;border-bottom:1px solid ${RULE};font-family:${SANS};line-height:1.45;vertical-align:top`;
  return html`<tr>
    <td
      class="label soft"
      width="120"
      style="${cell};width:120px;padding-right:16px;font-size:14px;color:${SOFT}"
    >
      ${label}
    </td>
    <td class="value ink" style="${cell};font-size:16px;color:${INK};word-break:break-word">
      ${values.map((value, index) => html`${index === 0 ? "" : BREAK}${renderValue(value)}`)}
    </td>
  </tr> `;
}

const BREAK = new Html("<br>");

function renderValue(value: string): Html {
  return WEB_ADDRESS.test(value) ? renderLink({ label: value, url: value }) : lines(value);
}

function renderLink({ label, url }: Link): Html {
  return html`<a class="link" href="${url}" style="color:${ACCENT};word-break:break-all"
    >${label}</a
  >`;
}

/** A cell with a colour, as Outlook paints no other. */
function renderButton({ label, url }: Link): Html {
  if (!WEB_ADDRESS.test(url)) return html``;
  return html`<table
    role="presentation"
    cellpadding="0"
    cellspacing="0"
    border="0"
    style="margin:8px 0 24px"
  >
    <tr>
      <td class="key" bgcolor="${ACCENT}" style="background-color:${ACCENT};border-radius:2px">
        <a
          href="${url}"
          style="display:inline-block;padding:13px 22px;font-family:${SANS};font-size:17px;font-weight:600;line-height:1.2;color:#ffffff;text-decoration:none"
          >${label}</a
        >
      </td>
    </tr>
  </table> `;
}
