import { promisify } from "node:util";
import { crc32, deflateRaw } from "node:zlib";
import { Zip, type ZipInputFile } from "fflate";

const compress = promisify(deflateRaw);

/** Method 8 of the specification of ZIP files (APPNOTE, 4.4.5). */
const DEFLATE = 8;

/** What the list at the end of the file takes for each entry, at most, with names of up to 100 bytes. */
const ENTRY_BYTES = 200;

/** Writes a ZIP file into memory. Compressing is done on other threads: requests are served meanwhile. */
export class ZipWriter {
  readonly #parts: Uint8Array[] = [];
  readonly #zip: Zip;
  #failure: Error | undefined;
  #entries = 0;
  #bytes = 0;

  constructor() {
    this.#zip = new Zip((error, part) => {
      if (error !== null) this.#failure = error;
      else {
        this.#parts.push(part);
        this.#bytes += part.length;
      }
    });
  }

  /** How large the file would be, at most, if it ended here. */
  get bytes(): number {
    return this.#bytes + this.#entries * ENTRY_BYTES;
  }

  async add(name: string, text: string, at: Date): Promise<void> {
    const content = Buffer.from(text, "utf8");
    const compressed = await compress(content);
    const file: ZipInputFile = {
      filename: name,
      size: content.length,
      crc: crc32(content),
      compression: DEFLATE,
      mtime: at,
    };
    this.#zip.add(file);
    file.ondata?.(null, compressed, true);
    this.#entries += 1;
    this.#check();
  }

  end(): Uint8Array {
    this.#zip.end();
    this.#check();
    return Buffer.concat(this.#parts);
  }

  #check(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }
}
