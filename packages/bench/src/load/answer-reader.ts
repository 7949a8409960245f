/** An HTTP answer, as far as a load generator looks at it. */
export interface Answer {
  readonly status: number;
  readonly body: Buffer;
}

const END_OF_HEAD = "\r\n\r\n";
const LINE_END = "\r\n";
/** Never has a body, and need not say so. */
const NO_CONTENT = 204;

/**
 * Reads the answers of one keep-alive connection (RFC 9112), with a content-length, in chunks, or without a body as their
 * status says: what the servers of this benchmark send. It costs a fraction of what Node's own client does, and load shares its processor with the database.
 */
export class AnswerReader {
  #received: Buffer = Buffer.alloc(0);

  /**
   * @param bytes as they came
   * @returns the answers that are complete with them
   * @throws Error for what is no answer, or one that ends with its connection
   */
  push(bytes: Buffer): Answer[] {
    this.#received = this.#received.length === 0 ? bytes : Buffer.concat([this.#received, bytes]);
    const answers: Answer[] = [];
    for (let read = readAnswer(this.#received); read; read = readAnswer(this.#received)) {
      answers.push(read.answer);
      this.#received = this.#received.subarray(read.end);
    }
    return answers;
  }
}

interface Read<T> {
  readonly answer: T;
  /** Where what comes next begins. */
  readonly end: number;
}

function readAnswer(bytes: Buffer): Read<Answer> | undefined {
  const headEnd = bytes.indexOf(END_OF_HEAD);
  if (headEnd === -1) return undefined;
  const head = bytes.toString("latin1", 0, headEnd);
  const bodyStart = headEnd + END_OF_HEAD.length;
  const status = Number(/^HTTP\/1\.1 (\d{3})/u.exec(head)?.[1]);
  if (Number.isNaN(status)) throw new Error(`This is no HTTP answer: ${head.slice(0, 80)}`);
  if (/\r\nconnection: *close/iu.test(head)) throw new Error(`The server hangs up: ${head}`);
  if (status === NO_CONTENT) return { answer: { status, body: Buffer.alloc(0) }, end: bodyStart };
  const length = /\r\ncontent-length: *(\d+)/iu.exec(head)?.[1];
  if (length !== undefined) {
    const end = bodyStart + Number(length);
    return bytes.length < end
      ? undefined
      : { answer: { status, body: bytes.subarray(bodyStart, end) }, end };
  }
  if (!/\r\ntransfer-encoding: *chunked/iu.test(head))
    throw new Error(`Nothing tells where this answer ends: ${head}`);
  const read = readChunks(bytes, bodyStart);
  return read && { answer: { status, body: read.answer }, end: read.end };
}

function readChunks(bytes: Buffer, start: number): Read<Buffer> | undefined {
  const chunks: Buffer[] = [];
  for (let position = start; ;) {
    const sizeEnd = bytes.indexOf(LINE_END, position);
    if (sizeEnd === -1) return undefined;
    const size = Number.parseInt(bytes.toString("latin1", position, sizeEnd), 16);
    if (Number.isNaN(size)) throw new Error("A chunk does not say its size");
    const chunkStart = sizeEnd + LINE_END.length;
    const end = chunkStart + size + LINE_END.length;
    if (bytes.length < end) return undefined;
    if (size === 0) return { answer: Buffer.concat(chunks), end };
    chunks.push(bytes.subarray(chunkStart, chunkStart + size));
    position = end;
  }
}
