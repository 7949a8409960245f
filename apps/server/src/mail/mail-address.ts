import { z } from "zod";

export interface MailAddress {
  readonly name: string;
  readonly email: string;
}

/** `Lectern <academy@example.com>`, `"Lectern, Oslo" <academy@example.com>`, or the address alone. */
const FORM = /^(?:"([^"<>]*)"|([^"<>]*?))\s*<([^<>\s]+)>$|^([^<>\s]+)$/u;
const Email = z.email().max(254);

/** @returns name and address as people write them in a From line; `undefined` for what is no address */
export function parseMailAddress(text: string): MailAddress | undefined {
  const [, quoted, plain, bracketed, bare] = FORM.exec(text.trim()) ?? [];
  const email = Email.safeParse(bracketed ?? bare);
  if (!email.success) return undefined;
  return { name: (quoted ?? plain ?? "").trim(), email: email.data };
}
