import type { Translation } from "../translation.ts";
import type * as english from "../en/forms.ts";

export const forms = {
  name: "Navn",
  email: "E-postadresse",
  company: "Bedrift",
  phone: "Telefon",
  optional: "valgfritt",
  required: "Fyll ut dette.",
  tooLong: "Dette er for langt.",
  tooShort: "Dette er for kort: bruk minst {count} tegn.",
  notEmail: "Skriv en e-postadresse, som navn@example.com.",
  notAccepted: "Kryss av her for å gå videre.",
  notNumber: "Skriv et helt tall.",
  notValid: "Se over dette.",
  somethingWrong: "{count, plural, one {Ett felt må ses over.} other {# felt må ses over.}}",
} as const satisfies Translation<typeof english.forms>;
