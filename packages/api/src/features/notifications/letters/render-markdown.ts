import type { Nodes, RootContent } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { Html, html, lines } from "./html.ts";

export interface MarkdownLooks {
  /** Styles of a paragraph. */
  readonly paragraph: string;
  /** Colour of a link. */
  readonly accent: string;
  /** Fonts of a heading. */
  readonly serif: string;
}

/** What a link may lead to: the web, or somebody's mailbox. */
const SAFE = /^(?:https?:\/\/|mailto:)[^\s"<>]+$/iu;

/**
 * HTML for mail programs of what staff wrote in Markdown. Safe by construction, as on the site: only what is named here becomes an
 * element; HTML in the text, images and other addresses are left out.
 */
export function renderMarkdown(source: string, looks: MarkdownLooks): Html {
  return block(fromMarkdown(source), looks);
}

function joined(nodes: readonly RootContent[], looks: MarkdownLooks): Html {
  return new Html(nodes.map((node) => block(node, looks).source).join(""));
}

function block(node: Nodes, looks: MarkdownLooks): Html {
  switch (node.type) {
    case "root":
      return joined(node.children, looks);
    case "text":
      return lines(node.value);
    case "paragraph":
      return html`<p class="ink" style="${looks.paragraph}">${joined(node.children, looks)}</p> `;
    case "heading":
      return html`<h2
        class="ink"
        style="${looks.paragraph};font-family:${looks.serif};font-size:20px;font-weight:normal"
      >
        ${joined(node.children, looks)}
      </h2> `;
    case "emphasis":
      return html`<em>${joined(node.children, looks)}</em>`;
    case "strong":
      return html`<strong>${joined(node.children, looks)}</strong>`;
    case "inlineCode":
      return html`<code>${node.value}</code>`;
    case "code":
      return html`<pre
        class="ink"
        style="${looks.paragraph};font-family:monospace;white-space:pre-wrap"
      >
${node.value}</pre> `;
    case "blockquote":
      return html`<blockquote style="margin:0 0 16px;padding-left:16px">
        ${joined(node.children, looks)}
      </blockquote> `;
    case "list":
      return node.ordered === true
        ? html`<ol class="ink" style="${looks.paragraph}">
            ${joined(node.children, looks)}
          </ol> `
        : html`<ul class="ink" style="${looks.paragraph}">
            ${joined(node.children, looks)}
          </ul> `;
    case "listItem":
      return html`<li>
        ${new Html(node.children.map((child) => inItem(child, looks)).join(""))}
      </li> `;
    case "link":
      return SAFE.test(node.url)
        ? html`<a class="link" href="${node.url}" style="color:${looks.accent}"
            >${joined(node.children, looks)}</a
          >`
        : joined(node.children, looks);
    case "break":
      return new Html("<br>");
    case "thematicBreak":
      return new Html("<hr>");
    case "definition":
    case "html":
    case "image":
    default:
      return new Html("");
  }
}

/** The paragraph of an item needs no room of its own. */
function inItem(node: RootContent, looks: MarkdownLooks): string {
  return node.type === "paragraph"
    ? joined(node.children, looks).source
    : block(node, looks).source;
}
