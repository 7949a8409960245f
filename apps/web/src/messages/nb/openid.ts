import type { Translation } from "../translation.ts";
import type * as english from "../en/openid.ts";

export const openid = {
  failedHeading: "Det gikk ikke",
  failedWords:
    "Innloggingen der gikk ikke. Prøv igjen, eller spør den som har ansvar for kontoen din der.",
  refusedWords: "Den andre siden slapp deg ikke inn, eller du gikk tilbake.",
  overWords: "Det tok for lang tid, eller er allerede gjort. Begynn på nytt.",
  back: "Til innloggingen",
  linkHeading: "Er denne kontoen også din?",
  linkLede:
    "Det finnes allerede en konto for {email} her. Vis at den er din, så logger {name} deg inn på den fra nå av.",
  link: "Koble dem sammen",
  linking: "Kobler …",
  linkOther: "Logg inn på den slik du pleier, så kobles {name} til.",
  wrongPassword: "Dette er ikke passordet til den kontoen.",
} as const satisfies Translation<typeof english.openid>;
