import { contact } from "./en/contact.ts";
import { coursePage } from "./en/course-page.ts";
import { filters } from "./en/filters.ts";
import { forms } from "./en/forms.ts";
import { upcoming } from "./en/upcoming.ts";

/** The words of the pages that one comes to from the first one, which come with those pages: see `page-words.tsx`. */
export const messages = { filters, coursePage, upcoming, contact, forms };
