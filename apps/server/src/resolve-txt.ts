import { Resolver } from "node:dns/promises";

/** The DNS is asked so often, and waited for so long each time. */
const OPTIONS = { timeout: 2500, tries: 2 };

/** What a name without such records is answered with. */
const NOTHING = new Set(["ENODATA", "ENOTFOUND"]);

/**
 * Asks the DNS for the TXT records of a name.
 *
 * @returns each record in one piece; none where there is no such name
 * @throws what Node throws where the DNS can't be asked, or does not answer in time
 */
export async function resolveTxt(name: string): Promise<readonly string[]> {
  try {
    // The pieces of one record belong together (RFC 7208, section 3.3, says so of SPF).
    return (await new Resolver(OPTIONS).resolveTxt(name)).map((pieces) => pieces.join(""));
  } catch (error) {
    if (error instanceof Error && "code" in error && NOTHING.has(String(error.code))) return [];
    throw error;
  }
}
