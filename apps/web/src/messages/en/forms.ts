/** What forms say about their fields, whichever they are. */
export const forms = {
  name: "Name",
  email: "E-mail address",
  company: "Company",
  phone: "Phone",
  optional: "optional",
  required: "Please fill this in.",
  tooLong: "This is too long.",
  tooShort: "This is too short: use at least {count} characters.",
  notEmail: "Please give an e-mail address such as name@example.com.",
  notAccepted: "Please tick this to go on.",
  notNumber: "Please give a whole number.",
  notValid: "Please check this.",
  somethingWrong:
    "{count, plural, one {One field needs another look.} other {# fields need another look.}}",
} as const;
