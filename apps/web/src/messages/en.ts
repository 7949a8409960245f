import { articles } from "./en/articles.ts";
import { booking } from "./en/booking.ts";
import { catalogue } from "./en/catalogue.ts";
import { contact } from "./en/contact.ts";
import { course } from "./en/course.ts";
import { failures } from "./en/failures.ts";
import { forms } from "./en/forms.ts";
import { home } from "./en/home.ts";
import { privacy } from "./en/privacy.ts";
import { run } from "./en/run.ts";
import { site } from "./en/site.ts";
import { upcoming } from "./en/upcoming.ts";

/** The site's words in English, as ICU messages. Their type is what makes keys and arguments checked. */
export const messages = {
  site,
  home,
  catalogue,
  course,
  run,
  booking,
  upcoming,
  articles,
  contact,
  privacy,
  forms,
  failures,
};
