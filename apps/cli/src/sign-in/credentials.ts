import { randomUUID } from "node:crypto";
import { type FileHandle, chmod, mkdir, open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { UsageError } from "../usage-error.ts";

/**
 * What `lectern login` keeps: a token for each academy, in a file that nobody else can read. It is written
 * beside itself and then renamed, so that it is never there in part.
 */

/** A sign-in to one academy. */
export interface SignIn {
  readonly token: string;
  /** Whether the token was made for this machine: when it is replaced, nobody needs it any more. */
  readonly isOfThisMachine: boolean;
}

const OTHERS = 0o077;
const FILE_MODE = 0o600;
const FOLDER_MODE = 0o700;
const HAS_MODES = process.platform !== "win32";

/** @returns what names an academy in the file: its address, however it was written */
export function academyKey(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname.replace(/\/+$/u, "")}`;
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isNotThere(error: unknown): boolean {
  if (!(error instanceof Error) || !("code" in error)) return false;
  return error.code === "ENOENT" || error.code === "ENOTDIR";
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export class Credentials {
  readonly path: string;
  readonly #folder: string;
  readonly #warn: (text: string) => void;

  /**
   * @param folder that is its owner's alone; it is made when something is kept
   * @param warn tells whoever started the command what was put right
   */
  constructor(folder: string, warn: (text: string) => void) {
    this.#folder = folder;
    this.path = join(folder, "credentials.json");
    this.#warn = warn;
  }

  /**
   * @returns the sign-in to this academy, if there is one
   * @throws UsageError for a file that can't be read, or must not be trusted
   */
  async find(url: string): Promise<SignIn | undefined> {
    return (await this.#read()).get(academyKey(url));
  }

  /** Keeps a sign-in, in the place of the one that was there. @throws UsageError */
  async keep(url: string, signIn: SignIn): Promise<void> {
    const kept = await this.#read();
    kept.set(academyKey(url), signIn);
    await this.#write(kept);
  }

  /** Forgets the sign-in to this academy. @throws UsageError */
  async forget(url: string): Promise<void> {
    const kept = await this.#read();
    if (kept.delete(academyKey(url))) await this.#write(kept);
  }

  async #read(): Promise<Map<string, SignIn>> {
    let text: string;
    try {
      await using file = await open(this.path, "r");
      await this.#keepFromOthers(file);
      text = await file.readFile("utf8");
    } catch (error) {
      if (isNotThere(error)) return new Map();
      if (error instanceof UsageError) throw error;
      throw new UsageError(`${this.path} can't be read: ${reasonOf(error)}`);
    }
    return this.#parse(text);
  }

  /** What others could read is mended, and told: it may have been read. What others could have written is not used. */
  async #keepFromOthers(file: FileHandle): Promise<void> {
    if (!HAS_MODES) return;
    const { uid, mode } = await file.stat();
    const own = process.getuid?.();
    if (uid !== own && own !== 0) {
      throw new UsageError(`${this.path} belongs to somebody else, and is not used. Remove it.`);
    }
    if ((mode & OTHERS) === 0) return;
    await file.chmod(FILE_MODE);
    this.#warn(
      `Others on this machine could read ${this.path}; now they can't. If anybody might have: lectern logout, and login again.`,
    );
  }

  #parse(text: string): Map<string, SignIn> {
    const kept = new Map<string, SignIn>();
    const bad = new UsageError(
      `${this.path} can't be understood. Remove it, and sign in again: lectern login`,
    );
    let content: unknown;
    try {
      content = JSON.parse(text);
    } catch {
      throw bad;
    }
    if (!isFields(content) || !isFields(content["academies"])) throw bad;
    for (const [url, entry] of Object.entries(content["academies"])) {
      if (!isFields(entry) || typeof entry["token"] !== "string") throw bad;
      kept.set(url, {
        token: entry["token"],
        isOfThisMachine: entry["isOfThisMachine"] === true,
      });
    }
    return kept;
  }

  async #write(kept: ReadonlyMap<string, SignIn>): Promise<void> {
    const temporary = join(this.#folder, `.credentials-${randomUUID()}`);
    try {
      if (kept.size === 0) {
        await rm(this.path, { force: true });
        return;
      }
      await mkdir(this.#folder, { recursive: true, mode: FOLDER_MODE });
      if (HAS_MODES) await chmod(this.#folder, FOLDER_MODE);
      const text = JSON.stringify({ academies: Object.fromEntries(kept) }, undefined, 2);
      {
        await using file = await open(temporary, "wx", FILE_MODE);
        await file.writeFile(`${text}\n`);
        await file.sync();
      }
      await rename(temporary, this.path);
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => {});
      throw new UsageError(`${this.path} can't be written: ${reasonOf(error)}`);
    }
  }
}
