import { articles } from "./en/articles.ts";
import { catalogue } from "./en/catalogue.ts";
import { course } from "./en/course.ts";
import { failures } from "./en/failures.ts";
import { home } from "./en/home.ts";
import { privacy } from "./en/privacy.ts";
import { run } from "./en/run.ts";
import { site } from "./en/site.ts";
import { titles } from "./en/titles.ts";

/**
 * The site's words in English, as ICU messages. Their type is what makes keys and arguments checked.
 * Those of the pages around a booking are in `en-booking.ts`.
 */
export const messages = {
  site,
  home,
  catalogue,
  course,
  run,
  titles,
  articles,
  privacy,
  failures,
};
