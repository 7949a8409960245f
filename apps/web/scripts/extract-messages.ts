import { messages as bookingMessages } from "../src/messages/en-booking.ts";
import { messages } from "../src/messages/en.ts";

/** Prints the site's English messages as JSON, for translators and their tools: ICU messages by group and name. */
process.stdout.write(`${JSON.stringify({ ...messages, ...bookingMessages }, null, 2)}\n`);
