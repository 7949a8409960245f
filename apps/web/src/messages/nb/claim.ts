import type { Translation } from "../translation.ts";
import type * as english from "../en/claim.ts";

export const claim = {
  opening: "Åpner plassen din …",
  heading: "En plass til deg",
  lede: "{booker} har bestilt denne plassen til deg. Si hvem du er, så er den din.",
  ledeCompany:
    "{booker} ({company}) har bestilt denne plassen til deg. Si hvem du er, så er den din.",
  form: "Hvem er du?",
  emailHint: "Praktiske opplysninger sendes til den adressen.",
  terms: "Jeg godtar at navnet og adressen min lagres for dette kurset.",
  termsMore: "Personvern",
  take: "Ta plassen",
  taking: "Tar den …",
  doneHeading: "Plassen er din",
  doneWords: "Praktiske opplysninger sendes til {email}.",
  doneName: "I navnet",
  calendarDescription: "En plass bestilt av {booker}",
  takenTitle: "Denne plassen er tatt",
  takenWords:
    "Noen har allerede sagt hvem som kommer. Hvis det var deg, er det ingenting mer å gjøre. Hvis ikke, spør {booker}.",
  obstacleTitle: "Denne plassen finnes ikke lenger",
  obstacleWords: "Spør {booker}, som bestilte den.",
  notYetTitle: "Denne plassen er ikke bekreftet ennå",
  notYetWords: "Kom tilbake med den samme lenken når {booker} har fullført bestillingen.",
  linkTitle: "Åpne plassen din",
  linkWords: "Lim inn lenken du fikk av den som bestilte for deg.",
  wrongTitle: "Denne lenken virker ikke lenger",
  wrongWords:
    "Den er byttet ut med en ny, eller en del av den mangler. Be den som bestilte for deg, om lenken, og åpne den i sin helhet.",
} as const satisfies Translation<typeof english.claim>;
