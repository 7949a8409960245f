import { VARIANT_HEADER } from "./ledger.ts";

/** One thing that is sent to both servers. */
export interface Variant {
  readonly name: string;
  /**
   * Writes the bytes, as latin1; in several parts where they are to arrive so.
   *
   * @param id goes into the header that says which variant it is
   */
  readonly write: (id: string) => readonly string[];
  /** How many requests it is, and answers at most. */
  readonly requests: number;
  /** Whether our own handler must answer all of it, and must not leave it to the stock adapter. */
  readonly isOurs: boolean;
  readonly isHead: boolean;
  readonly halfCloses: boolean;
}

export interface RequestOptions {
  readonly method?: string;
  /** As it is written, query and all. */
  readonly target: string;
  /** Written as they are, in this order. */
  readonly headers?: readonly (readonly [name: string, value: string])[];
  /** Bytes as latin1. */
  readonly body?: string | undefined;
  /** Sends the body in chunks, cut at these places. */
  readonly chunks?: readonly number[];
  readonly version?: "1.0" | "1.1";
  readonly host?: string | undefined;
  /** Keeps the connection for another request. */
  readonly staysOpen?: boolean;
}

const HOST = "academy.example";

/** @returns the bytes of a text in UTF-8, as latin1 */
export function bytesOf(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}

/** @returns the bytes of a request, as latin1 */
export function requestOf(id: string, options: RequestOptions): string {
  const { method = "GET", target, headers = [], body, chunks, version = "1.1" } = options;
  const host = "host" in options ? options.host : HOST;
  const lines = [
    `${method} ${target} HTTP/${version}`,
    ...(host === undefined ? [] : [`Host: ${host}`]),
    `${VARIANT_HEADER}: ${id}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    ...(options.staysOpen === true ? [] : ["Connection: close"]),
  ];
  if (chunks !== undefined) {
    lines.push("Transfer-Encoding: chunked");
    return `${lines.join("\r\n")}\r\n\r\n${chunked(body ?? "", chunks)}`;
  }
  if (body !== undefined) lines.push(`Content-Length: ${body.length}`);
  return `${lines.join("\r\n")}\r\n\r\n${body ?? ""}`;
}

function chunked(body: string, cuts: readonly number[]): string {
  const pieces: string[] = [];
  let from = 0;
  for (const cut of [...cuts, body.length]) {
    const piece = body.slice(from, cut);
    if (piece !== "") pieces.push(`${piece.length.toString(16)}\r\n${piece}\r\n`);
    from = Math.max(from, cut);
  }
  return `${pieces.join("")}0\r\n\r\n`;
}

/** @returns a variant of one request */
export function variantOf(name: string, isOurs: boolean, options: RequestOptions): Variant {
  return {
    name,
    write: (id) => [requestOf(id, options)],
    requests: 1,
    isOurs,
    isHead: options.method === "HEAD",
    halfCloses: false,
  };
}
