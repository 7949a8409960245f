import { office } from "./en/office.ts";
import { officeArticles } from "./en/office-articles.ts";
import { officeBookings } from "./en/office-bookings.ts";
import { officeCourses } from "./en/office-courses.ts";
import { officeDiscounts } from "./en/office-discounts.ts";
import { officeEditing } from "./en/office-editing.ts";
import { officeReports } from "./en/office-reports.ts";
import { officeRun } from "./en/office-run.ts";
import { officeSchedule } from "./en/office-schedule.ts";
import { officeToday } from "./en/office-today.ts";

/** The words of the back office, which come with its pages: see `office-words.tsx`. A page has a group of its own. */
export const messages = {
  office,
  officeArticles,
  officeBookings,
  officeCourses,
  officeDiscounts,
  officeEditing,
  officeReports,
  officeRun,
  officeSchedule,
  officeToday,
};
