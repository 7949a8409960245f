/**
 * A mail as its words give it: text without any markup, in the order of reading. HTML and plain text
 * are both made of it, so that neither says what the other does not.
 */
export interface Letter {
  /** One line. */
  readonly subject: string;
  /** What lists of mails show after the subject. */
  readonly preheader: string;
  readonly heading: string;
  readonly blocks: readonly Block[];
}

export type Block =
  /** A paragraph; line breaks are kept. */
  | { readonly type: "text"; readonly text: string }
  /** Names and values, one below the other. A value may have several lines. */
  | { readonly type: "facts"; readonly facts: readonly Fact[] }
  /** The one thing to do: at most one in a letter. */
  | { readonly type: "button"; readonly label: string; readonly url: string }
  /** Further addresses, each with what it is for. */
  | { readonly type: "links"; readonly links: readonly Link[] }
  /** What somebody wrote in Markdown; plain text shows it as it was written. */
  | { readonly type: "markdown"; readonly source: string }
  /** In smaller letters, after all else. */
  | { readonly type: "note"; readonly text: string };

export interface Fact {
  readonly label: string;
  readonly lines: readonly string[];
}

export interface Link {
  readonly label: string;
  readonly url: string;
}

export function text(words: string): Block {
  return { type: "text", text: words };
}

export function markdown(source: string): Block {
  return { type: "markdown", source };
}

export function note(words: string): Block {
  return { type: "note", text: words };
}

export function button(label: string, url: string): Block {
  return { type: "button", label, url };
}

/** @returns a block of facts, without those that have nothing to say; no block for none at all */
export function facts(
  list: readonly (readonly [label: string, value: readonly string[] | string | null])[],
): Block[] {
  const told = list.flatMap(([label, value]) => {
    if (value === null) return [];
    const lines = typeof value === "string" ? [value] : value;
    return lines.length === 0 ? [] : [{ label, lines }];
  });
  return told.length === 0 ? [] : [{ type: "facts", facts: told }];
}

export function links(list: readonly Link[]): Block[] {
  return list.length === 0 ? [] : [{ type: "links", links: list }];
}
