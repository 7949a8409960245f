import type { RunMessagePreview, RunPreviewMessageInput } from "@lectern/contract/run-office";
import type { Database } from "@lectern/database/queryable";
import { person } from "@lectern/database/schema/people";
import { eq } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { notFound } from "../../domain-error.ts";
import { requireRunWithin } from "../../shared/reach.ts";
import { messageFacts } from "../notifications/gather/about-messages.ts";
import { findRun } from "../notifications/gather/rows.ts";
import { countReachable, findMessageRecipients } from "../notifications/gather/run-message-rows.ts";
import { KEY_MARKS } from "../notifications/keys-in-mails.ts";
import { renderMail } from "../notifications/letters/render-mail.ts";

/** How the academy shows itself. */
export interface Letterhead {
  readonly academy: string;
  readonly publicUrl: string;
}

/**
 * A message to those who come to a run as its first recipient would get it, and how many there are.
 *
 * @throws NotFound
 */
export async function previewMessage(
  db: Database,
  call: Call,
  { academy, publicUrl }: Letterhead,
  input: z.infer<typeof RunPreviewMessageInput>,
): Promise<RunMessagePreview> {
  const { id, subject, body } = input;
  await requireRunWithin(db, call, "runs.message", id);
  const chosen = input.registrationIds ?? null;
  const [recipients, reachable, author] = await Promise.all([
    findMessageRecipients(db, id, chosen),
    countReachable(db, id, chosen),
    nameOf(db, call),
  ]);
  const readers = recipients[0]?.language ?? "en";
  const run = await findRun(db, id, readers);
  if (run === undefined) throw notFound("run", id);
  const links = { publicUrl, accessKeys: KEY_MARKS, language: readers };
  const facts = messageFacts(links, run, { subject, body, author }, true);
  const { language, ...mail } = renderMail({ kind: "run_message", facts }, readers, academy);
  return {
    recipients: recipients.length,
    unreachable: chosen === null ? 0 : new Set(chosen).size - reachable,
    language,
    ...mail,
  };
}

async function nameOf(db: Database, { actor }: Call): Promise<string | null> {
  if (actor.kind !== "person") return null;
  const [found] = await db
    .select({ name: person.name })
    .from(person)
    .where(eq(person.id, actor.id));
  return found?.name ?? null;
}
