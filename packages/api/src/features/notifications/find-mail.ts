import type { AccessKeys } from "@lectern/auth/access-key";
import type { MailByIdInput, MailDetail } from "@lectern/contract/mail";
import type { Queryable } from "@lectern/database/queryable";
import { mailMessage } from "@lectern/database/schema/mail";
import { eq } from "drizzle-orm";
import type { z } from "zod";
import { notFound } from "../../domain-error.ts";
import { fillInKeys, leaveOutKeys } from "./keys-in-mails.ts";
import { toMailDetail } from "./mail-summary.ts";

/**
 * A mail with all that it says. The keys in its links are left out, unless there is something to make
 * them with: who may read a mail need not be able to open the booking that it is about.
 *
 * @throws NotFound
 */
export async function findMail(
  db: Queryable,
  { id }: z.infer<typeof MailByIdInput>,
  accessKeys?: AccessKeys,
): Promise<MailDetail> {
  const [row] = await db.select().from(mailMessage).where(eq(mailMessage.id, id));
  if (row === undefined) throw notFound("mail", id);
  const withKeys = (text: string) =>
    accessKeys === undefined ? leaveOutKeys(text) : fillInKeys(text, accessKeys);
  return toMailDetail({ ...row, html: withKeys(row.html), text: withKeys(row.text) });
}
