import type { MailFacts } from "../letters/facts.ts";
import type { LinkParts } from "../links.ts";
import { withoutMarks } from "../keys-in-mails.ts";
import { isRead } from "../mail-settings.ts";
import { runFacts } from "./facts-of.ts";
import type { Gather } from "./mail-draft.ts";
import { plainName } from "./plain-text.ts";
import { type RunRow, findRun } from "./rows.ts";
import { findMessageRecipients, findRunMessage } from "./run-message-rows.ts";

/** What staff write to those who come to a run. */
export const runMessageWritten: Gather = async ({ db, settings }, id) => {
  const found = await findRunMessage(db, id);
  if (found === undefined) return [];
  const { message, author } = found;
  const run = await findRun(db, message.runId);
  if (run === undefined) return [];
  const recipients = await findMessageRecipients(db, message.runId, message.registrationIds);
  const facts = messageFacts(settings, run, { ...message, author }, isRead(settings.staff));
  return recipients.map(({ email, name, language }) => ({
    content: { kind: "run_message", facts },
    to: { name: plainName(name), email },
    language,
    key: `run_message:${id}`,
  }));
};

/** @param isAnswered whether there is a mailbox of staff that answers go to */
export function messageFacts(
  links: LinkParts,
  run: RunRow,
  message: { readonly subject: string; readonly body: string; readonly author: string | null },
  isAnswered: boolean,
): MailFacts["run_message"] {
  return {
    run: runFacts(links, run, null),
    subject: withoutMarks(message.subject),
    body: withoutMarks(message.body),
    author: message.author === null ? null : plainName(message.author),
    isAnswered,
  };
}
