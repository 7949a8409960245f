import { createTranslator } from "use-intl/core";
import type { messages as accountMessages } from "./en-account.ts";
import type { messages as bookingMessages } from "./en-booking.ts";
import type { messages as privacyMessages } from "./en-privacy.ts";
import { messages } from "./en.ts";

/** Language of the site's own words. */
export const LOCALE = "en";

type Messages = typeof messages &
  typeof bookingMessages &
  typeof accountMessages &
  typeof privacyMessages;

declare module "use-intl" {
  interface AppConfig {
    Locale: typeof LOCALE;
    Messages: Messages;
  }
}

/** Makes the function that gives messages by their full name: `translate("course.title", …)`. */
export function createTranslate() {
  return createTranslator({ locale: LOCALE, messages });
}

/** Gives a message outside of components; inside, `useTranslations` does. */
export type Translate = ReturnType<typeof createTranslate>;
