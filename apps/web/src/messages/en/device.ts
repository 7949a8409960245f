/** Letting a program in. */
export const device = {
  heading: "Sign in a program",
  words:
    "A program that you use, such as the command line, shows a code. Type it here to let the program in.",
  code: "Code",
  codeHint: "Eight letters, such as BCDF-GHJK.",
  notACode: "A code has eight letters.",
  wrongCode:
    "No program waits with this code. Was it typed rightly, and is the program still waiting?",
  next: "Next",
  decideHeading: "Let this program in?",
  decideWords: "It will be able to act for you, with what you tick here.",
  program: "The program calls itself",
  codeShown: "It shows the code",
  from: "It asked from the address",
  unknownAddress: "not known",
  asked: "When",
  warning: "Did you start it yourself, and does it show this very code? If not, refuse.",
  lasts: "For how long",
  days: "{days, plural, one {# day} other {# days}}, unless you end its access earlier",
  permissions: "What it may do",
  nothing: "It asks for nothing that you may do: it will only know who you are.",
  missing: "It also asks for what you may not do yourself: {permissions}.",
  mayNot: "Your roles do not let you sign in programs. Ask an administrator.",
  approve: "Let it in",
  deny: "Refuse",
  heading_approved: "The program is in",
  words_approved:
    "Go back to it: it goes on by itself. You can end its access on the page Security.",
  heading_denied: "Refused",
  words_denied: "The program got nothing, and has been told.",
} as const;
