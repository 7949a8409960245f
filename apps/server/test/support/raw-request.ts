import { connect } from "node:net";

/** An answer as it came over the wire. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

const BLANK_LINE = "\r\n\r\n";

/** @returns what the bytes of an answer say; `undefined` where nothing, or no HTTP, came back */
function parse(text: string): RawAnswer | undefined {
  const status = /^HTTP\/1\.1 (\d{3}) /u.exec(text)?.[1];
  if (status === undefined) return undefined;
  const end = text.indexOf(BLANK_LINE);
  const headers = new Headers();
  for (const line of text.slice(0, end).split("\r\n").slice(1)) {
    const colon = line.indexOf(":");
    headers.append(line.slice(0, colon), line.slice(colon + 1).trim());
  }
  return { status: Number(status), headers, body: text.slice(end + BLANK_LINE.length) };
}

/**
 * Asks for a target as it is written: `fetch` would put it right before it is sent.
 *
 * @param target of the request line, byte by byte
 * @param waitMs until what came back so far is taken for all of it
 * @returns `undefined` where the server closed without an answer
 */
export function askRaw(
  url: string,
  target: string,
  { method = "GET", waitMs = 5000 }: { method?: string; waitMs?: number } = {},
): Promise<RawAnswer | undefined> {
  const { port, hostname, host } = new URL(url);
  return new Promise((resolve) => {
    let text = "";
    const socket = connect(Number(port), hostname, () => {
      socket.write(
        `${method} ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`,
        "latin1",
      );
    });
    const timer = setTimeout(() => socket.destroy(), waitMs);
    socket.setEncoding("utf8");
    socket.on("data", (part) => {
      text += String(part);
    });
    socket.on("error", () => {});
    socket.on("close", () => {
      clearTimeout(timer);
      resolve(parse(text));
    });
  });
}
