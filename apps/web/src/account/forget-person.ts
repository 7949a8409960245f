import { forgetBookingKeys } from "../browser/booking-keys.ts";
import { forgetLinkKeys } from "../browser/link-keys.ts";
import { savedFilterNames } from "../browser/saved-filters.ts";
import { DRAFTS, forgetAllStored, readStored, storedNames } from "../browser/stored.ts";
import { COLOURS } from "../components/colour-choice.tsx";
import { LANGUAGE } from "../components/language-choice.tsx";
import { CONSENT } from "../consent/consent.ts";
import { SIGNED_IN } from "./signed-in-hint.ts";
import { forgetTypedAddress } from "./typed-address.ts";

/** Choices that are the browser's, whoever is signed in. */
const SETTINGS = [COLOURS, CONSENT, LANGUAGE];

let noted: ReadonlyMap<string, string> = new Map();

function read(names: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    names.flatMap((name) => {
      const value = readStored(name);
      return value === null ? [] : [[name, value]];
    }),
  );
}

/** What staff find again when they sign in here the next time: filters, and what they typed and did not save. */
function theirs(): readonly string[] {
  return [...savedFilterNames(), ...storedNames(DRAFTS)];
}

/**
 * Notes the choices that stay, before a call that ends the session here: with its answer the server has the browser
 * clear everything, so that nothing stays should this page not get to it.
 */
export function noteSettings(): void {
  noted = read([...SETTINGS, ...theirs()]);
}

function forgetKeys(): void {
  forgetBookingKeys();
  forgetLinkKeys();
  forgetTypedAddress();
}

/** Forgets whoever was signed in, before the page that says who that was is left. */
export function forgetPerson(): void {
  forgetKeys();
  forgetAllStored(noted);
}

/** The same where the server can't be told: what stays besides is that somebody is signed in, as they are. */
export function forgetPersonHere(): void {
  forgetKeys();
  forgetAllStored(read([...SETTINGS, ...theirs(), SIGNED_IN]));
}
