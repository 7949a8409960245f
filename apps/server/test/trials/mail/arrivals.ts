import type { ParsedMail } from "mailparser";

/** What arrived at the mail server, against what should have. */
export interface Arrivals {
  /** Mails that did not arrive. */
  readonly lost: number;
  /** Mails that arrived more than once. */
  readonly duplicates: number;
  /** Those of them that came with another Message-ID, which no mail program takes for the same. */
  readonly duplicatesWithOtherId: number;
}

/** What one mail is told from another by, whatever its Message-ID: nobody gets two with one subject. */
function contentOf(mail: ParsedMail): string {
  const [to] = [mail.to].flat();
  return `${to?.value[0]?.address ?? ""}|${mail.subject ?? ""}`;
}

/**
 * @param expected addresses, each of one mail
 * @param received all that arrived
 */
export function compareArrivals(
  expected: readonly string[],
  received: readonly ParsedMail[],
): Arrivals {
  const addresses = new Set(received.map((mail) => contentOf(mail).split("|")[0]));
  const ids = new Map<string, Set<string>>();
  for (const mail of received) {
    const known = ids.get(contentOf(mail)) ?? new Set();
    ids.set(contentOf(mail), known.add(mail.messageId ?? ""));
  }
  return {
    lost: expected.filter((address) => !addresses.has(address)).length,
    duplicates: received.length - ids.size,
    duplicatesWithOtherId: [...ids.values()].reduce((sum, known) => sum + known.size - 1, 0),
  };
}
