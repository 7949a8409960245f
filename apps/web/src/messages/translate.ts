import { createTranslator } from "use-intl/core";
import type { messages as accountMessages } from "./en-account.ts";
import type { messages as bookingMessages } from "./en-booking.ts";
import type { messages as offerMessages } from "./en-offer.ts";
import type { messages as officeMessages } from "./en-office.ts";
import type { messages as pageMessages } from "./en-pages.ts";
import type { messages as privacyMessages } from "./en-privacy.ts";
import type { messages } from "./en.ts";
import { language } from "../language/language.ts";
import type { Language } from "../language/languages.ts";

/** The words that every page needs. */
export type SiteWords = typeof messages;

type Messages = SiteWords &
  typeof bookingMessages &
  typeof accountMessages &
  typeof offerMessages &
  typeof officeMessages &
  typeof pageMessages &
  typeof privacyMessages;

declare module "use-intl" {
  interface AppConfig {
    Locale: Language;
    Messages: Messages;
  }
}

/** Makes the function that gives messages by their full name: `translate("course.title", …)`. */
export function createTranslate(words: SiteWords) {
  return createTranslator({ locale: language(), messages: words });
}

/** Gives a message outside of components; inside, `useTranslations` does. */
export type Translate = ReturnType<typeof createTranslate>;
