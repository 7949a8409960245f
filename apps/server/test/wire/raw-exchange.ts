import { connect } from "node:net";

/** An answer as it came over the wire, its body put together from its chunks. */
export interface Answer {
  readonly version: string;
  readonly status: number;
  /** In the order in which they came, names in lower case. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

export interface Exchange {
  readonly answers: readonly Answer[];
  /** What came and is no answer, or not a whole one. */
  readonly rest: string;
  readonly ended: "answered" | "closed" | "timed out";
}

export interface ExchangeOptions {
  readonly port: number;
  /** Bytes as latin1, sent one after the other. */
  readonly parts: readonly string[];
  /** How many answers are waited for, unless the server closes before. */
  readonly answers: number;
  /** Whether the answers have no bodies, whatever their headers say. */
  readonly isHead: boolean;
  /** Says that nothing more will come, and listens on. */
  readonly halfCloses: boolean;
}

/** Who waits longer is not answered. */
const PATIENCE_MS = 30_000;

const BLANK_LINE = "\r\n\r\n";

/** Sends bytes as they are. @returns what came back */
export function exchange(options: ExchangeOptions): Promise<Exchange> {
  const { port, parts, answers: wanted, isHead, halfCloses } = options;
  return new Promise((resolve) => {
    const received: Buffer[] = [];
    const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true, noDelay: true });
    const timer = setTimeout(() => finish("timed out", false), PATIENCE_MS);

    function finish(ended: Exchange["ended"], isClosed: boolean): void {
      clearTimeout(timer);
      socket.destroy();
      resolve({ ...readAnswers(Buffer.concat(received), isHead, isClosed), ended });
    }

    socket.on("connect", () => {
      let sent = Promise.resolve();
      for (const part of parts) {
        sent = sent.then(
          () => new Promise((done) => void socket.write(part, "latin1", () => setImmediate(done))),
        );
      }
      if (halfCloses) void sent.then(() => socket.end());
    });
    socket.on("data", (part: Buffer) => {
      received.push(part);
      // An answer that ends with the connection is whole when that does.
      if (readAnswers(Buffer.concat(received), isHead, false).answers.length >= wanted) {
        finish("answered", false);
      }
    });
    socket.on("error", () => {});
    socket.on("end", () => finish("closed", true));
    socket.on("close", () => finish("closed", true));
  });
}

function readAnswers(
  bytes: Buffer,
  isHead: boolean,
  isClosed: boolean,
): Pick<Exchange, "answers" | "rest"> {
  const answers: Answer[] = [];
  let from = 0;
  while (from < bytes.length) {
    const read = readAnswer(bytes, from, isHead, isClosed);
    if (read === undefined) break;
    // Those that say to go on are none.
    if (read.answer.status >= 200) answers.push(read.answer);
    from = read.end;
  }
  return { answers, rest: bytes.subarray(from).toString("latin1") };
}

interface Read {
  readonly answer: Answer;
  readonly end: number;
}

function readAnswer(
  bytes: Buffer,
  from: number,
  isHead: boolean,
  isClosed: boolean,
): Read | undefined {
  const headEnd = bytes.indexOf(BLANK_LINE, from);
  if (headEnd === -1) return undefined;
  const [statusLine = "", ...lines] = bytes.toString("latin1", from, headEnd).split("\r\n");
  const [, version = "", status = ""] = /^HTTP\/(\d\.\d) (\d{3})(?: |$)/u.exec(statusLine) ?? [];
  if (version === "") return undefined;
  const headers = lines.map((line) => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
  });
  const head = { version, status: Number(status), headers };
  const start = headEnd + BLANK_LINE.length;
  const valueOf = (name: string) => headers.find(([known]) => known === name)?.[1];
  if (isHead || head.status < 200 || head.status === 204 || head.status === 304) {
    return { answer: { ...head, body: Buffer.alloc(0) }, end: start };
  }
  if (valueOf("transfer-encoding") === "chunked") {
    const chunks = readChunks(bytes, start);
    return chunks && { answer: { ...head, body: chunks.body }, end: chunks.end };
  }
  const length = valueOf("content-length");
  if (length === undefined) {
    if (!isClosed) return undefined;
    return { answer: { ...head, body: bytes.subarray(start) }, end: bytes.length };
  }
  const end = start + Number(length);
  if (end > bytes.length) return undefined;
  return { answer: { ...head, body: bytes.subarray(start, end) }, end };
}

function readChunks(bytes: Buffer, start: number): { body: Buffer; end: number } | undefined {
  const chunks: Buffer[] = [];
  let at = start;
  for (;;) {
    const lineEnd = bytes.indexOf("\r\n", at);
    if (lineEnd === -1) return undefined;
    const size = Number.parseInt(bytes.toString("latin1", at, lineEnd), 16);
    const begin = lineEnd + 2;
    const end = begin + size;
    if (end + 2 > bytes.length) return undefined;
    if (size === 0) return { body: Buffer.concat(chunks), end: end + 2 };
    chunks.push(bytes.subarray(begin, end));
    at = end + 2;
  }
}
