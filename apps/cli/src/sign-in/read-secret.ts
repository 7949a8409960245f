import { StringDecoder } from "node:string_decoder";
import { UsageError } from "../usage-error.ts";

/** Standard input: of a terminal, or what another program gives. */
export interface Input extends AsyncIterable<Uint8Array> {
  readonly isTTY?: boolean;
  setRawMode?(isRaw: boolean): unknown;
  destroy?(): unknown;
}

/** Whoever was asked pressed Ctrl-C: a terminal that shows nothing does not make a signal of it. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
}

/** Longer than any token. */
const LENGTH_MAX = 4096;

/** What keys send. */
const KEY = { interrupt: "\u0003", end: "\u0004", delete: "\u007F", backspace: "\b" };

interface ReadOptions {
  /** Asks for it, where somebody sits at a terminal. */
  readonly ask: (question: string) => void;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

/**
 * Reads a secret from standard input. At a terminal it is asked for, and not shown while it is typed.
 *
 * @returns one line without blanks around it
 * @throws UsageError for nothing, or for more than one line; Interrupted
 */
export async function readSecret(
  stdin: Input,
  question: string,
  { ask, signal }: ReadOptions,
): Promise<string> {
  const stop = () => void stdin.destroy?.();
  signal.addEventListener("abort", stop, { once: true });
  try {
    signal.throwIfAborted();
    const text =
      stdin.isTTY === true ? await typed(stdin, () => ask(question), ask) : await piped(stdin);
    const secret = text.trim();
    if (secret === "") throw new UsageError("No token came by standard input.");
    if (/\s/u.test(secret)) throw new UsageError("More than a token came by standard input.");
    return secret;
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

async function piped(stdin: Input): Promise<string> {
  const decoder = new StringDecoder();
  let text = "";
  for await (const chunk of stdin) {
    text += decoder.write(Buffer.from(chunk));
    if (text.length > LENGTH_MAX) {
      throw new UsageError("More than a token came by standard input.");
    }
  }
  return text;
}

async function typed(
  stdin: Input,
  begin: () => void,
  say: (text: string) => void,
): Promise<string> {
  stdin.setRawMode?.(true);
  begin();
  const decoder = new StringDecoder();
  const letters: string[] = [];
  try {
    for await (const chunk of stdin) {
      for (const key of decoder.write(Buffer.from(chunk))) {
        if (key === KEY.interrupt) throw new Interrupted("Ctrl-C");
        if (key === "\r" || key === "\n" || key === KEY.end) return letters.join("");
        if (key === KEY.delete || key === KEY.backspace) letters.pop();
        else if (letters.length < LENGTH_MAX) letters.push(key);
      }
    }
    return letters.join("");
  } finally {
    stdin.setRawMode?.(false);
    say("\n");
  }
}
