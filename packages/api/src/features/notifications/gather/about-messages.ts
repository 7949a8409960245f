import type { MailFacts } from "../letters/facts.ts";
import type { LinkParts } from "../links.ts";
import { withoutMarks } from "../keys-in-mails.ts";
import { isRead } from "../mail-settings.ts";
import { runFacts } from "./facts-of.ts";
import { type Gather, type Gathering, linksFor } from "./mail-draft.ts";
import { plainName } from "./plain-text.ts";
import { type RunRow, findRun } from "./rows.ts";
import { findMessageRecipients, findRunMessage } from "./run-message-rows.ts";
import { wordsFor } from "../letters/write-letter.ts";

type Message = Parameters<typeof messageFacts>[2];

/** What staff write to those who come to a run: the message as it is written, and the rest in each reader's language. */
export const runMessageWritten: Gather = async (gathering, id) => {
  const { db } = gathering;
  const found = await findRunMessage(db, id);
  if (found === undefined) return [];
  const { message, author } = found;
  const recipients = await findMessageRecipients(db, message.runId, message.registrationIds);
  const languages = new Set(recipients.map(({ language }) => wordsFor(language).language));
  const about = { ...message, author };
  const facts = new Map(
    await Promise.all(
      [...languages].map(
        async (language) =>
          [language, await factsIn(gathering, language, message.runId, about)] as const,
      ),
    ),
  );
  return recipients.flatMap(({ email, name, language }) => {
    const told = facts.get(wordsFor(language).language);
    if (told === undefined) return [];
    return [
      {
        content: { kind: "run_message" as const, facts: told },
        to: { name: plainName(name), email },
        language,
        key: `run_message:${id}`,
      },
    ];
  });
};

async function factsIn(gathering: Gathering, language: string, runId: string, message: Message) {
  const run = await findRun(gathering.db, runId, language);
  if (run === undefined) return undefined;
  const isAnswered = isRead(gathering.settings.staff);
  return messageFacts(linksFor(gathering, language), run, message, isAnswered);
}

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
