import { button, facts, links, note, text } from "../../letters/letter.ts";
import type { Words } from "../../letters/words.ts";

export const accountsLetters = {
  verify_email: ({ name, email, url, expiresAt, zone }, say) => ({
    subject: "Please confirm your address",
    preheader: `Good until ${say.moment(expiresAt, zone)}`,
    heading: "Is this your address?",
    blocks: [
      text(
        `Hello ${name},\nsomebody, probably you, has opened an account with the address ${email}. Confirm that it is yours, and you can sign in.`,
      ),
      ...facts([["Confirm until", say.moment(expiresAt, zone)]]),
      button("Confirm the address", url),
      note(
        "Until then, whoever has this link can confirm the address: don’t pass it on. If you have not opened an account, do nothing: nobody can sign in to it until the address is confirmed.",
      ),
    ],
  }),

  already_registered: ({ name, email, signInUrl, resetUrl }) => ({
    subject: "You have an account already",
    preheader: "Sign in, or choose a new password",
    heading: "You have an account already",
    blocks: [
      text(
        `Hello ${name},\nsomebody, probably you, wanted to open an account with the address ${email}, which has one already. You can sign in to it. If you have forgotten the password, choose a new one.`,
      ),
      button("Sign in", signInUrl),
      ...links([{ label: "New password", url: resetUrl }]),
      note("If it was not you, do nothing: nothing was changed."),
    ],
  }),

  reset_password: ({ name, email, url, expiresAt, zone }, say) => ({
    subject: "Choose a new password",
    preheader: `Good until ${say.moment(expiresAt, zone)}`,
    heading: "Choose a new password",
    blocks: [
      text(
        `Hello ${name},\nsomebody, probably you, has asked for a new password for the account of ${email}.`,
      ),
      ...facts([["Choose until", say.moment(expiresAt, zone)]]),
      button("Choose a new password", url),
      note(
        "Until then, whoever has this link can choose your password with it, once: don’t pass it on. If you have not asked for it, do nothing: your password stays as it is.",
      ),
    ],
  }),

  password_changed: ({ name, email, securityUrl, resetUrl }) => ({
    subject: "Your password was changed",
    preheader: "If that was you, there is nothing to do",
    heading: "Your password was changed",
    blocks: [
      text(
        `Hello ${name},\nthe password of your account with the address ${email} was changed. If that was you, there is nothing to do.`,
      ),
      text(
        "If it was not you, somebody else may be in your account: choose a new password at once, and then see who is signed in.",
      ),
      button("See who is signed in", securityUrl),
      ...links([{ label: "New password", url: resetUrl }]),
    ],
  }),

  email_change_asked: ({ name, email, url, expiresAt, zone }, say) => ({
    subject: "Please confirm your new address",
    preheader: `Good until ${say.moment(expiresAt, zone)}`,
    heading: "Is this your new address?",
    blocks: [
      text(
        `Hello ${name},\nsomebody, probably you, wants to use the address ${email} for their account. Confirm that it is yours: until you do, nothing changes.`,
      ),
      ...facts([["Confirm until", say.moment(expiresAt, zone)]]),
      button("Confirm the new address", url),
      note(
        "Until then, whoever has this link can confirm the new address, once: don’t pass it on. If you have not asked for it, do nothing: the account keeps the address that it has.",
      ),
    ],
  }),

  email_changed: ({ name, email, newEmail, securityUrl, contactUrl }) => ({
    subject: "Your account has another address",
    preheader: `You sign in with ${newEmail} now`,
    heading: "Your account has another address",
    blocks: [
      text(
        `Hello ${name},\nyour account had the address ${email}, and has another one now. You sign in with that one, and this is the last mail about the account that goes to the old one. If that was you, there is nothing to do.`,
      ),
      ...facts([["New address", newEmail]]),
      text(
        "If it was not you, somebody else may be in your account: see who is signed in, if you still can, and write to us at once.",
      ),
      button("See who is signed in", securityUrl),
      ...links([{ label: "Write to us", url: contactUrl }]),
    ],
  }),

  new_sign_in: ({ name, email, at, zone, client, address, securityUrl }, say) => ({
    subject: "A new sign-in to your account",
    preheader: say.moment(at, zone),
    heading: "Was that you?",
    blocks: [
      text(
        `Hello ${name},\nsomebody has signed in to your account with the address ${email}, from a browser that we have not seen before. If that was you, there is nothing to do.`,
      ),
      ...facts([
        ["When", say.moment(at, zone)],
        ["Browser", client],
        ["From", address],
      ]),
      text(
        "If it was not you, somebody else knows how to sign in: sign that browser out, and choose a new password.",
      ),
      button("See who is signed in", securityUrl),
    ],
  }),

  factors_changed: ({ name, email, securityUrl }) => ({
    subject: "How you sign in was changed",
    preheader: "If that was you, there is nothing to do",
    heading: "How you sign in was changed",
    blocks: [
      text(
        `Hello ${name},\nthe ways in which you sign in to your account with the address ${email} were changed. If that was you, there is nothing to do.`,
      ),
      text(
        "If it was not you, somebody else may be in your account: take out what you don’t know, sign other browsers out, and choose a new password.",
      ),
      button("See how you sign in", securityUrl),
    ],
  }),

  invitation: ({ name, inviter, organisation, url, expiresAt, zone }, say) => ({
    subject:
      organisation === null ? "You are invited: an account" : `You are invited: ${organisation}`,
    preheader: `Good until ${say.moment(expiresAt, zone)}`,
    heading: "You are invited",
    blocks: [
      text(
        `Hello ${name},\n${inviter === null ? "you are invited" : `${inviter} invites you`} to ${organisation === null ? "have an account with us" : `join ${organisation} with an account of your own`}.`,
      ),
      ...facts([
        ["Invited by", inviter],
        ["Organisation", organisation],
        ["Accept until", say.moment(expiresAt, zone)],
      ]),
      button("Accept the invitation", url),
      note(
        "Until then, whoever has this link can accept in your place, once: don’t pass it on. If you don’t know what it is about, do nothing: without you, it lapses.",
      ),
    ],
  }),

  account_suspended: ({ name, email, reason, contactUrl }) => ({
    subject: "Your account is suspended",
    preheader: "You can’t sign in for now",
    heading: "Your account is suspended",
    blocks: [
      text(
        `Hello ${name},\nyour account with the address ${email} is suspended: nobody can sign in to it for now. If you think that this is a mistake, write to us.`,
      ),
      ...facts([["Reason", reason]]),
      button("Write to us", contactUrl),
    ],
  }),

  accounts_merged: ({ name, email, otherEmail, contactUrl }) => ({
    subject: "Your accounts are one now",
    preheader: `You sign in with ${email}`,
    heading: "Your accounts are one now",
    blocks: [
      text(
        `Hello ${name},\nanother account was merged into yours: what belonged to it is in your account now, and you sign in with the address ${email} alone.`,
      ),
      ...facts([["The other account", otherEmail]]),
      text("If you don’t know of another account, or did not want this, write to us at once."),
      button("Write to us", contactUrl),
    ],
  }),

  export_ready: ({ name, email, url, until, zone, securityUrl }, say) => ({
    subject: "The copy of your data is ready",
    preheader: `To be fetched until ${say.moment(until, zone)}`,
    heading: "The copy of your data is ready",
    blocks: [
      text(
        `Hello ${name},\nthe copy of what we keep about you that was asked for from your account with the address ${email} is ready. You sign in to fetch it; after the time below it is deleted.`,
      ),
      ...facts([["Fetch it until", say.moment(until, zone)]]),
      button("Fetch the copy", url),
      text(
        "If it was not you who asked, somebody else may be in your account: sign other browsers out, and choose a new password.",
      ),
      ...links([{ label: "Who is signed in", url: securityUrl }]),
    ],
  }),

  erasure_asked: ({ name, email, url, dueAt, zone, securityUrl }, say) => ({
    subject: "Your account is to be erased",
    preheader: `Not before ${say.moment(dueAt, zone)}`,
    heading: "Your account is to be erased",
    blocks: [
      text(
        `Hello ${name},\nit was asked from your account with the address ${email} that everything that says who you are be erased. That can’t be undone. Until the time below you can change your mind.`,
      ),
      ...facts([["Erased after", say.moment(dueAt, zone)]]),
      button("Change your mind", url),
      text(
        "If it was not you who asked, somebody else may be in your account: withdraw it, sign other browsers out, and choose a new password.",
      ),
      ...links([{ label: "Who is signed in", url: securityUrl }]),
    ],
  }),

  erasure_done: ({ contactUrl }) => ({
    subject: "Your account was erased",
    preheader: "This is the last mail about it",
    heading: "Your account was erased",
    blocks: [
      text(
        "Everything that said who you are was erased, and nobody can sign in to the account any more. Invoices are kept as long as the law asks, with what they have to say.",
      ),
      text("This is the last mail about it. If it was not you who asked for it, write to us."),
      button("Write to us", contactUrl),
    ],
  }),
} satisfies Pick<
  Words["letters"],
  | "verify_email"
  | "already_registered"
  | "reset_password"
  | "password_changed"
  | "email_change_asked"
  | "email_changed"
  | "new_sign_in"
  | "factors_changed"
  | "invitation"
  | "account_suspended"
  | "accounts_merged"
  | "export_ready"
  | "erasure_asked"
  | "erasure_done"
>;
