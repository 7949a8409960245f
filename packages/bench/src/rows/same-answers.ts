import { isDeepStrictEqual } from "node:util";
import type { ServerProcess } from "../contenders/server-process.ts";

/** What all servers of a row are asked before they are measured. */
export interface Question {
  /** The same for all, or as each one is asked by its name. */
  readonly path: string | ((server: string) => string);
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * @param read what is compared of an answer, whose server is named
 * @throws Error when a server says something else than the first one
 */
export async function requireSameAnswers(
  servers: Readonly<Record<string, ServerProcess>>,
  questions: readonly Question[],
  read: (text: string, server: string) => unknown,
): Promise<void> {
  for (const { path: asked, headers = {} } of questions) {
    const answers = await Promise.all(
      Object.entries(servers).map(async ([name, { origin }]) => {
        const path = typeof asked === "string" ? asked : asked(name);
        const response = await fetch(`${origin}${path}`, { headers });
        const text = await response.text();
        if (!response.ok) throw new Error(`${name} answers ${response.status} to ${path}: ${text}`);
        return { name, path, answer: read(text, name) };
      }),
    );
    const [first, ...others] = answers;
    for (const { name, path, answer } of others) {
      if (!isDeepStrictEqual(answer, first?.answer))
        throw new Error(
          `${name} gives another answer to ${path} than ${first?.name}: ${differenceOf(answer, first?.answer)}. The bare server's work no longer is Lectern's: see contenders/work.ts.`,
        );
    }
  }
}

/** So much is shown around the first character that differs. */
const SHOWN_BEFORE = 60;
const SHOWN_AFTER = 120;

function differenceOf(answer: unknown, expected: unknown): string {
  const texts = [answer, expected].map((value) => JSON.stringify(value) ?? "nothing");
  const [one = "", other = ""] = texts;
  let same = 0;
  while (same < one.length && one[same] === other[same]) same += 1;
  return texts
    .map((text) => `…${text.slice(Math.max(0, same - SHOWN_BEFORE), same + SHOWN_AFTER)}…`)
    .join(" and ");
}
