/** What somebody tells of themselves. */
export const profile = {
  details: "Your details",
  changeEmail: "Change",
  language: "Language",
  languageHint: "For mails, where we have it.",
  timeZone: "Time zone",
  timeZoneHint: "For times in mails and calendars.",
  timeZoneNone: "That of each course",
  address: "Address",
  dietaryNeeds: "What you do not eat",
  needsHint: "Only those who run your courses see this.",
  accessNeeds: "What you need to take part",
  accessHint:
    "Such as a room without steps, or captions. Only those who run your courses see this.",
  save: "Save",
  saving: "Saving …",
  saved: "Saved.",
  reload: "Show what is there now",
  roles: "Your roles",
  rolesWords: "What you may do at the academy, and where.",
} as const;
