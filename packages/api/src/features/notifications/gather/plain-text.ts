/**
 * What strangers typed into a form and mails repeat: names, companies, reasons. It goes to whom they
 * named, with the academy as the sender, so it must not become a message of their own.
 */

/** Controls, and what turns the direction of the text that follows. */
const INVISIBLE =
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u00AD\u200B-\u200F\u2028-\u202E\u2060-\u2069\uE000-\uF8FF\uFEFF]+/gu;

/** What mail programs make a link of, by themselves. */
const ADDRESS =
  /\b(?:[a-z][a-z0-9+.-]*:\/\/|www\.)\S+|\b[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,}\/\S*/giu;

const NAME_LENGTH = 100;
const CLIENT_LENGTH = 200;
const REASON_LENGTH = 500;

function clean(text: string, length: number): string {
  const shown = text.replace(INVISIBLE, " ").replace(ADDRESS, "…").trim();
  const characters = [...shown];
  return characters.length <= length ? shown : `${characters.slice(0, length - 1).join("")}…`;
}

/** @returns a name that fits into a sentence and holds no address of a site */
export function plainName(name: string): string {
  return clean(name.replace(/\s+/gu, " "), NAME_LENGTH);
}

/** @returns a few lines that hold no address of a site */
export function plainReason(reason: string): string {
  return clean(reason, REASON_LENGTH);
}

/** @returns what a browser calls itself, on one line: names of browsers are longer than those of people */
export function plainClient(client: string): string {
  return clean(client.replace(/\s+/gu, " "), CLIENT_LENGTH);
}

/** @returns enough of an address for its owner to know it by, and too little to write to: `g…@example.com` */
export function partlyHidden(email: string): string {
  const at = email.lastIndexOf("@");
  const [first = ""] = email.slice(0, at);
  return plainName(`${first}…${email.slice(at)}`);
}
