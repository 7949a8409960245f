/** HTML that is safe to send: what is put into it is escaped, unless it is such HTML itself. */
export class Html {
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }

  toString(): string {
    return this.source;
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** @returns text that means itself between tags and in quoted attributes */
function escapeHtml(value: string): string {
  return value.replace(/[&<>"']/gu, (character) => ESCAPES[character] ?? character);
}

type Piece = string | number | Html | readonly Html[];

function sourceOf(piece: Piece): string {
  if (piece instanceof Html) return piece.source;
  if (typeof piece === "string" || typeof piece === "number") return escapeHtml(String(piece));
  return piece.map(({ source }) => source).join("");
}

/**
 * Composes HTML: html`<p>${name}</p>`. Attributes that hold a value must be quoted.
 *
 * @returns what stands in the template as it is, with every value that is not HTML escaped
 */
export function html(strings: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  return new Html(
    strings.reduce((source, part, index) => {
      const piece = pieces[index - 1];
      return source + (piece === undefined ? "" : sourceOf(piece)) + part;
    }),
  );
}

/** @returns the text with its line breaks */
export function lines(value: string): Html {
  return new Html(value.split("\n").map(escapeHtml).join("<br>"));
}
