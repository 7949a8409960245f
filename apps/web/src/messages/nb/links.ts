import type { Translation } from "../translation.ts";
import type * as english from "../en/links.ts";

export const links = {
  field: "Lenke",
  action: "Åpne",
  notALink: "Dette er ikke hele lenken. Kopier den fra begynnelse til slutt.",
  wrong: "Denne lenken åpner ingenting. Ble den kopiert i sin helhet?",
  noScript: "Denne siden krever JavaScript, så nøkkelen i lenken din blir i nettleseren.",
} as const satisfies Translation<typeof english.links>;
