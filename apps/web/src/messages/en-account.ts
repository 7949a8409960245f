import { account } from "./en/account.ts";
import { device } from "./en/device.ts";
import { forms } from "./en/forms.ts";
import { joining } from "./en/joining.ts";
import { links } from "./en/links.ts";
import { emailChange, firstAdministrator, invitation, passwordReset } from "./en/links-in-mails.ts";
import { myData } from "./en/my-data.ts";
import { openid } from "./en/openid.ts";
import { organisation } from "./en/organisation.ts";
import { profile } from "./en/profile.ts";
import { security } from "./en/security.ts";
import { signIn } from "./en/sign-in.ts";
import { signUp } from "./en/sign-up.ts";
import { trainings } from "./en/trainings.ts";

/** The words of the pages of accounts, which come with those pages: see `account-words.tsx`. */
export const messages = {
  account,
  signIn,
  openid,
  signUp,
  passwordReset,
  emailChange,
  invitation,
  firstAdministrator,
  device,
  profile,
  trainings,
  security,
  myData,
  links,
  joining,
  organisation,
  forms,
};
