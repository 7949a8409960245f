import type { Translation } from "../translation.ts";
import type * as english from "../en/office-settings.ts";

export const officeSettings = {
  title: "Innstillinger",
  lede: "Det som gjelder hele kurssenteret, og det som holder det i gang.",
  part_academy: "Kurssenteret",
  lede_academy: "Det som gjelder kurssenteret som helhet, og hva hver av delene gjør.",
  part_venues: "Steder og rom",
  lede_venues: "Hvor kursene holdes: adresser, klokker og hvor mange det er plass til.",
  part_jobs: "Jobber",
  lede_jobs:
    "Det som gjøres senere, som å sende e-post: hvor mye som venter, og hva som gikk galt.",
  part_mail: "E-post",
  lede_mail: "Hver e-post som er skrevet, hva den sier, og hva det ble av den.",
  part_audit: "Endringslogg",
  lede_audit: "Hvem som endret hva, når og hvorfra. Ingen kan endre loggen.",
  part_keys: "Nøkler",
  lede_keys: "Det personlige felt er kryptert med, og bytte av det.",
  part_privacy: "Personvern",
  lede_privacy: "Hva folk har bedt om for egne data, og hvor lenge hver type blir oppbevart.",
  "part_sign-in": "Innlogging",
  "lede_sign-in": "Leverandører som ansatte og folk i bedrifter logger inn hos.",
  timeZone: "Tidssone",
  timeZoneWords:
    "Rapportene teller det som skjer, i dager i denne tidssonen: når en dag, en uke eller en måned begynner, og hva «i dag» og «denne måneden» er. Pristilbud gjelder til den siste dagen er over i den. Kursdatoene følger klokken der de holdes, og folk leser tider på sin egen klokke.",
  zone: "Kurssenterets tidssone",
  saveZone: "Lagre tidssonen",
  zoneChanged: "Rapportene teller nå i dager i {zone}.",
  asItIs: "{zone}, slik det er",
  asChosen: "{zone}, slik du har valgt",
  todayThere: "I dag er det {day}. Klokken er {clock} nå ({offset}).",
  sameClock: "Klokkene er like nå.",
  laterDays: "Dagene begynner {hours, plural, one {# time} other {# timer}} senere enn nå.",
  earlierDays: "Dagene begynner {hours, plural, one {# time} other {# timer}} tidligere enn nå.",
  whatChanges:
    "Alle rapporter endres med den, også for tidligere år. De er riktige med en gang; for et stort kurssenter tar de noen sekunder til summene er regnet ut på nytt. Åpne pristilbud går ut med den siste dagen sin der; et som er sendt, går aldri ut før mottakeren har fått vite.",
  chosen: "Valgt",
  chosenNever: "Ingen har valgt noen ennå: den er UTC.",
  reports: "Rapporter",
  reportsReady: "Klare",
  reportsComputed: "Regnes ut",
  reportsMeanwhile: "De er riktige imens, og tregere.",
  server: "Bestemt der tjeneren kjører",
  serverWords:
    "Dette kan ikke endres her. Den som driver tjeneren, setter det og starter den på nytt.",
  name: "Navn",
  nameEffect:
    "Står øverst og nederst i e-post, og er navnet på kurssenteret i apper for andre faktorer: navnet i LECTERN_MAIL_FROM.",
  publicUrl: "Adresse",
  publicUrlEffect: "Dit lenker i e-post og kalendere fører: LECTERN_PUBLIC_URL.",
  publicUrlAsked: "Slik hver besøkende kom til den",
} as const satisfies Translation<typeof english.officeSettings>;
