/** What links in mails open, for a password or an address. */
export const passwordReset = {
  forgottenHeading: "Forgotten your password?",
  forgottenWords:
    "Say which address you sign in with, and we send a link there to choose a new one.",
  ask: "Send the link",
  asking: "Sending …",
  sentHeading: "Look into your mails",
  sentWords: "If there is an account for {email}, a link is on its way there.",
  sentNext:
    "It is good for an hour. Nothing there? Look among the unwanted mails, or check the address.",
  back: "Back to the sign-in",
  resetHeading: "Choose a new password",
  resetWords: "You are signed out everywhere else when it changes.",
  reset: "Change the password",
  resetting: "Changing it …",
  again: "Ask for a new link",
  linkTitle: "Choose a new password",
  linkWords: "Paste the link from the mail that we sent you.",
} as const;

export const emailChange = {
  heading: "Your new e-mail address",
  words: "Confirm that mails reach you here. From then on you sign in with this address.",
  confirm: "Confirm the address",
  confirming: "Confirming …",
  doneHeading: "Your address has changed",
  doneWords: "From now on you sign in with it, and mails go there.",
  doneNext: "To your account",
  again: "Ask for a new link on the page Security",
  linkTitle: "Confirm your new address",
  linkWords: "Paste the link from the mail that we sent there.",
} as const;

export const invitation = {
  heading: "You are invited",
  lede: "{inviter} invited you to {where}. Your role: {role}.",
  somebody: "Somebody",
  academy: "the academy",
  forNew: "Your account will be the one of {email}.",
  forAccount: "There is an account for {email} already. Show its password, and the role is yours.",
  accept: "Accept the invitation",
  accepting: "Accepting …",
  again: "Ask whoever invited you for a new invitation.",
  linkTitle: "Open your invitation",
  linkWords: "Paste the link from the mail that invited you.",
} as const;

export const firstAdministrator = {
  heading: "The first administrator",
  words:
    "This academy has nobody yet who looks after it. Whoever you name here can do everything, and invites the others.",
  make: "Create the account",
  making: "Creating it …",
  hasAccount: "This address has an account already. Choose another one.",
  again: "Restart the server: it prints a new link as long as there is no administrator.",
  linkTitle: "Become the first administrator",
  linkWords: "Paste the link that the server printed when it started.",
} as const;
