import { messages as accountMessages } from "../src/messages/en-account.ts";
import { messages as bookingMessages } from "../src/messages/en-booking.ts";
import { messages as privacyMessages } from "../src/messages/en-privacy.ts";
import { messages } from "../src/messages/en.ts";

/** Prints the site's English messages as JSON, for translators and their tools: ICU messages by group and name. */
const all = { ...messages, ...bookingMessages, ...accountMessages, ...privacyMessages };
process.stdout.write(`${JSON.stringify(all, null, 2)}\n`);
