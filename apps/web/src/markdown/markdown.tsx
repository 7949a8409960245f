import { Link } from "@tanstack/react-router";
import type { Nodes, RootContent } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { type ReactNode, createElement, useMemo } from "react";
import { safeAddress } from "./safe-address.ts";
import "./markdown.css";

/**
 * Text as an editor or an imported feed wrote it. Safe by construction: only what is named here becomes
 * an element. HTML in the text is left out, images and addresses other than web and mail as well.
 */
export function Markdown({ text, topHeading = 2 }: { text: string; topHeading?: 2 | 3 }) {
  const tree = useMemo(() => fromMarkdown(text), [text]);
  return <div className="markdown">{children(tree, topHeading)}</div>;
}

function children(node: { children: readonly RootContent[] }, topHeading: number): ReactNode[] {
  return node.children.map((child, index) => (
    // A text is written anew as a whole: its parts have no identity but their place.
    <Node key={index} node={child} topHeading={topHeading} />
  ));
}

/** The highest heading of a text may be of any depth; on a page it comes below the page's own. */
function headingLevel(depth: number, topHeading: number): string {
  return `h${Math.min(depth + topHeading - 1, 6)}`;
}

function Node({ node, topHeading }: { node: Nodes; topHeading: number }): ReactNode {
  switch (node.type) {
    case "text":
      return node.value;
    case "paragraph":
      return <p>{children(node, topHeading)}</p>;
    case "heading":
      return createElement(
        headingLevel(Math.max(node.depth - 1, 1), topHeading),
        {},
        children(node, topHeading),
      );
    case "emphasis":
      return <em>{children(node, topHeading)}</em>;
    case "strong":
      return <strong>{children(node, topHeading)}</strong>;
    case "inlineCode":
      return <code>{node.value}</code>;
    case "code":
      // Long lines scroll, which has to be possible with the keyboard as well.
      return (
        <pre tabIndex={0}>
          <code>{node.value}</code>
        </pre>
      );
    case "blockquote":
      return <blockquote>{children(node, topHeading)}</blockquote>;
    case "list":
      return node.ordered ? (
        <ol start={node.start ?? 1}>{children(node, topHeading)}</ol>
      ) : (
        <ul>{children(node, topHeading)}</ul>
      );
    case "listItem":
      return <li>{children(node, topHeading)}</li>;
    case "link":
      return <TextLink address={node.url}>{children(node, topHeading)}</TextLink>;
    case "break":
      return <br />;
    case "thematicBreak":
      return <hr />;
    default:
      return null;
  }
}

function TextLink({ address, children: words }: { address: string; children: ReactNode }) {
  const safe = safeAddress(address);
  if (safe === undefined) return words;
  return safe.isOurs ? <Link to={safe.href}>{words}</Link> : <a href={safe.href}>{words}</a>;
}
