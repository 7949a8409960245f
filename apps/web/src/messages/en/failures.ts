/** What is said when something does not work. */
export const failures = {
  notFoundTitle: "There is no such page",
  notFoundHeading: "This page is not in the book",
  notFoundWords: "It may have been moved, or never have been. The catalogue knows what there is.",
  notFoundCourses: "All courses",
  notFoundHome: "First page",
  errorTitle: "Something went wrong",
  errorHeading: "That is our fault",
  errorWords: "Something went wrong on our side. Trying again often helps.",
  errorReference: "If you write to us about it: {id}",
  offlineHeading: "You are offline",
  offlineWords: "This page needs a connection. It loads by itself as soon as there is one.",
  busyHeading: "A little too busy",
  busyWords: "More people are here than we can serve at once. Please try again in a moment.",
  failedTitle: "That did not work",
  retry: "Try again",
  reloadFailed: "More could not be loaded.",
  unreachable: "The academy can’t be reached. Check your connection and try again.",
  unavailable: "We are too busy at the moment. Please try again shortly.",
  rateLimited:
    "That was a lot at once. Please wait {seconds, plural, one {# second} other {# seconds}} and try again.",
  unexpected: "Something went wrong on our side. Please try again.",
} as const;
