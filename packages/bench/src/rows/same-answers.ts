import { isDeepStrictEqual } from "node:util";
import type { ServerProcess } from "../contenders/server-process.ts";

/** What all servers of a row are asked before they are measured. */
export interface Question {
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * @param read what is compared of an answer
 * @throws Error when a server says something else than the first one
 */
export async function requireSameAnswers(
  servers: Readonly<Record<string, ServerProcess>>,
  questions: readonly Question[],
  read: (text: string) => unknown,
): Promise<void> {
  for (const { path, headers = {} } of questions) {
    const answers = await Promise.all(
      Object.entries(servers).map(async ([name, { origin }]) => {
        const response = await fetch(`${origin}${path}`, { headers });
        const text = await response.text();
        if (!response.ok) throw new Error(`${name} answers ${response.status} to ${path}: ${text}`);
        return { name, answer: read(text) };
      }),
    );
    const [first, ...others] = answers;
    for (const { name, answer } of others) {
      if (!isDeepStrictEqual(answer, first?.answer))
        throw new Error(
          `${name} gives another answer to ${path} than ${first?.name}: ${JSON.stringify(answer)} ` +
            `and ${JSON.stringify(first?.answer)}. The bare server's work no longer is Lectern's: see contenders/work.ts.`,
        );
    }
  }
}
