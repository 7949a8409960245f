import { privacyPage } from "./en/privacy-page.ts";

/** The words of the page about privacy, which come with that page. */
export const messages = { privacyPage };
