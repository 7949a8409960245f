import { office } from "./en/office.ts";
import { officeArticles } from "./en/office-articles.ts";
import { officeAudit } from "./en/office-audit.ts";
import { officeBookings } from "./en/office-bookings.ts";
import { officeCourses } from "./en/office-courses.ts";
import { officeDiscounts } from "./en/office-discounts.ts";
import { officeEditing } from "./en/office-editing.ts";
import { officeEnquiries } from "./en/office-enquiries.ts";
import { officeJobs } from "./en/office-jobs.ts";
import { officeKeys } from "./en/office-keys.ts";
import { officeMail } from "./en/office-mail.ts";
import { officeOrganisations } from "./en/office-organisations.ts";
import { officePeople } from "./en/office-people.ts";
import { officePrivacy } from "./en/office-privacy.ts";
import { officeReports } from "./en/office-reports.ts";
import { officeRun } from "./en/office-run.ts";
import { officeSchedule } from "./en/office-schedule.ts";
import { officeSettings } from "./en/office-settings.ts";
import { officeSignIn } from "./en/office-sign-in.ts";
import { officeToday } from "./en/office-today.ts";
import { officeVenues } from "./en/office-venues.ts";

/** The words of the back office, which come with its pages: see `office-words.tsx`. A page has a group of its own. */
export const messages = {
  office,
  officeArticles,
  officeAudit,
  officeBookings,
  officeCourses,
  officeDiscounts,
  officeEditing,
  officeEnquiries,
  officeJobs,
  officeKeys,
  officeMail,
  officeOrganisations,
  officePeople,
  officePrivacy,
  officeReports,
  officeRun,
  officeSchedule,
  officeSettings,
  officeSignIn,
  officeToday,
  officeVenues,
};
