import type { Writable } from "node:stream";
import { styleText } from "node:util";

/** Where the command speaks to people and to other programs. */

type Style = Parameters<typeof styleText>[0];

export interface Streams {
  readonly stdout: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: Writable & { readonly isTTY?: boolean; readonly columns?: number };
}

const COLUMNS_OF_NOBODY = 120;

/** Text of others must not steer the terminal: its controls are shown, not obeyed. */
export function withoutControls(text: string): string {
  return text.replaceAll(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/gu, "\uFFFD");
}

export class Terminal {
  readonly #streams: Streams;
  /** Whether answers are for programs. */
  readonly isJson: boolean;

  constructor(streams: Streams, isJson: boolean) {
    this.#streams = streams;
    this.isJson = isJson;
  }

  /** Characters in a line. */
  get columns(): number {
    // Some terminals say that they have none.
    return this.#streams.stdout.columns || COLUMNS_OF_NOBODY;
  }

  /** Where progress can be shown, if anybody looks. */
  get progressStream(): (Writable & { readonly isTTY?: boolean }) | undefined {
    return this.#streams.stderr.isTTY === true && !this.isJson ? this.#streams.stderr : undefined;
  }

  /** @returns the text as it should look on standard output; plain where nobody looks */
  style(style: Style, text: string): string {
    const stream = this.#streams.stdout;
    return styleText(style, text, { stream, validateStream: true });
  }

  /** Writes lines for people to standard output; nothing when the answer is for programs. */
  print(text = ""): void {
    if (!this.isJson) this.#streams.stdout.write(`${text}\n`);
  }

  /** Writes the answer for programs to standard output. */
  json(value: unknown): void {
    if (this.isJson) this.#streams.stdout.write(`${JSON.stringify(value, undefined, 2)}\n`);
  }

  /** Writes figures for programs as one line, which comes last: after the lines for people, where those are wanted. */
  figures(value: unknown): void {
    this.#streams.stdout.write(`${JSON.stringify(value)}\n`);
  }

  /** Writes what the command is about, such as an export, to standard output, and waits for room. */
  async write(text: string): Promise<void> {
    const { stdout } = this.#streams;
    if (stdout.write(text) || stdout.destroyed) return;
    await new Promise<void>((resolve) => {
      const done = () => {
        stdout.off("drain", done);
        stdout.off("close", done);
        resolve();
      };
      stdout.once("drain", done);
      stdout.once("close", done);
    });
  }

  /** Says something beside the answer, on standard error. */
  note(text: string): void {
    if (!this.isJson) this.#streams.stderr.write(`${text}\n`);
  }

  /** Says on standard error what somebody has to do before the command goes on; to programs as a line of JSON. */
  announce(text: string, forPrograms: unknown): void {
    this.#streams.stderr.write(`${this.isJson ? JSON.stringify(forPrograms) : text}\n`);
  }

  /** Writes to whoever sits at the terminal, on standard error and without an end of line. */
  ask(text: string): void {
    this.#streams.stderr.write(text);
  }

  /** Tells of an error, on standard error. */
  error(text: string, forPrograms: unknown): void {
    const { stderr } = this.#streams;
    if (this.isJson) {
      stderr.write(`${JSON.stringify({ error: forPrograms }, undefined, 2)}\n`);
      return;
    }
    const mark = styleText("red", "✗", { stream: stderr, validateStream: true });
    stderr.write(`${mark} ${withoutControls(text)}\n`);
  }
}
