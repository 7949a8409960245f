/** A text, and what in it is chosen. */
export interface Marked {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** What the buttons above a text do. */
export const MARKS = [
  "heading",
  "bold",
  "italic",
  "link",
  "bullets",
  "numbers",
  "quote",
  "code",
] as const;
export type Mark = (typeof MARKS)[number];

/** What is written over a part of the text, and what is chosen then. */
export interface Replacement {
  /** The part. */
  readonly from: number;
  readonly to: number;
  readonly by: string;
  readonly start: number;
  readonly end: number;
}

const AROUND = { bold: "**", italic: "_", code: "`" } as const;
const BEFORE_LINES = { heading: "## ", bullets: "- ", quote: "> " } as const;
const NUMBERED = /^\d+\. /u;

/** @returns how a mark changes a text: on what has it already, it is taken away */
export function marking(mark: Mark, marked: Marked): Replacement {
  switch (mark) {
    case "bold":
    case "italic":
    case "code":
      return around(marked, AROUND[mark]);
    case "link":
      return link(marked);
    case "heading":
    case "bullets":
    case "quote":
      return beforeLines(
        marked,
        (line) => line.startsWith(BEFORE_LINES[mark]),
        (line) => line.slice(BEFORE_LINES[mark].length),
        (line) => BEFORE_LINES[mark] + line,
      );
    case "numbers":
      return beforeLines(
        marked,
        (line) => NUMBERED.test(line),
        (line) => line.replace(NUMBERED, ""),
        (line, index) => `${String(index + 1)}. ${line}`,
      );
  }
}

function around({ text, start, end }: Marked, sign: string): Replacement {
  const { length } = sign;
  const chosen = text.slice(start, end);
  const hasAround = text.slice(start - length, start) === sign && text.startsWith(sign, end);
  if (hasAround && start >= length) {
    return {
      from: start - length,
      to: end + length,
      by: chosen,
      start: start - length,
      end: end - length,
    };
  }
  return {
    from: start,
    to: end,
    by: sign + chosen + sign,
    start: start + length,
    end: end + length,
  };
}

const ADDRESS = /^(?:https?:\/\/|mailto:|\/)\S+$/u;

/** Of an address that is chosen the words are still to be written, else the address is. */
function link({ text, start, end }: Marked): Replacement {
  const chosen = text.slice(start, end);
  if (ADDRESS.test(chosen)) {
    return { from: start, to: end, by: `[](${chosen})`, start: start + 1, end: start + 1 };
  }
  const at = start + chosen.length + 3;
  return { from: start, to: end, by: `[${chosen}]()`, start: at, end: at };
}

function beforeLines(
  { text, start, end }: Marked,
  has: (line: string) => boolean,
  without: (line: string) => string,
  with_: (line: string, index: number) => string,
): Replacement {
  const from = text.lastIndexOf("\n", start - 1) + 1;
  const next = text.indexOf("\n", end);
  const to = next < 0 ? text.length : next;
  const lines = text.slice(from, to).split("\n");
  const isTakenAway = lines.every((line) => has(line));
  const by = lines.map(isTakenAway ? without : with_).join("\n");
  const isOneLine = lines.length === 1;
  // Of one line, the place in it stays; several stay chosen, for the next mark.
  const at = Math.max(from, start + by.length - (to - from));
  return {
    from,
    to,
    by,
    start: isOneLine ? at : from,
    end: isOneLine ? at + (end - start) : from + by.length,
  };
}
