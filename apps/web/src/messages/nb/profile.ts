import type { Translation } from "../translation.ts";
import type * as english from "../en/profile.ts";

export const profile = {
  details: "Om deg",
  changeEmail: "Endre",
  language: "Språk",
  languageHint: "For e-post, der vi har det.",
  timeZone: "Tidssone",
  timeZoneHint: "For tider i e-post og kalendere.",
  timeZoneNone: "Den til hvert kurs",
  address: "Adresse",
  dietaryNeeds: "Hva du ikke spiser",
  needsHint: "Bare de som holder kursene dine, ser dette.",
  accessNeeds: "Hva du trenger for å delta",
  accessHint:
    "For eksempel et rom uten trinn, eller teksting. Bare de som holder kursene dine, ser dette.",
  save: "Lagre",
  saving: "Lagrer …",
  saved: "Lagret.",
  reload: "Vis det som står der nå",
  roles: "Rollene dine",
  rolesWords: "Hva du kan gjøre hos kurssenteret, og hvor.",
} as const satisfies Translation<typeof english.profile>;
