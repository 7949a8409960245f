/** From bytes to text, whichever Unicode encoding they are in. */

/** The text can't be decoded as asked. */
export class EncodingError extends Error {
  override readonly name = "EncodingError";
}

const PEEK = 4;

/** @returns the encoding that the first bytes show, by a byte order mark or by where the zeros are */
function encodingOf(head: Uint8Array): string {
  const [a, b, c] = head;
  if (a === 0xef && b === 0xbb && c === 0xbf) return "utf-8";
  if (a === 0xff && b === 0xfe) return "utf-16le";
  if (a === 0xfe && b === 0xff) return "utf-16be";
  if (a !== undefined && a !== 0 && b === 0) return "utf-16le";
  if (a === 0 && b !== undefined && b !== 0) return "utf-16be";
  return "utf-8";
}

/** Stands where bytes could not be decoded; a record that holds it is refused. */
export const REPLACEMENT = "\uFFFD";

/**
 * @param label an encoding by its WHATWG name, such as `windows-1252`; without it, it is UTF-8 or
 *   UTF-16 by the look of it
 * @returns the text in pieces, without a byte order mark; undecodable bytes become U+FFFD
 * @throws EncodingError for an encoding that nobody knows
 */
export async function* decodeText(
  bytes: AsyncIterable<Uint8Array>,
  label: string | undefined,
): AsyncGenerator<string, void, undefined> {
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  let head = new Uint8Array(0);
  for await (const chunk of bytes) {
    let data = chunk;
    if (decoder === undefined) {
      head = Buffer.concat([head, chunk]);
      if (head.length < PEEK) continue;
      decoder = decoderFor(label ?? encodingOf(head));
      data = head;
    }
    const text = decoder.decode(data, { stream: true });
    if (text !== "") yield text;
  }
  const rest =
    decoder === undefined
      ? decoderFor(label ?? encodingOf(head)).decode(head)
      : decoder.decode(new Uint8Array(0));
  if (rest !== "") yield rest;
}

function decoderFor(label: string): InstanceType<typeof TextDecoder> {
  try {
    return new TextDecoder(label);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new EncodingError(`${label} is not a known encoding (utf-8, windows-1252, iso-8859-1 …)`);
  }
}
