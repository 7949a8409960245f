import { useSyncExternalStore } from "react";
import { useTranslations } from "use-intl";
import { readStored, subscribeToStorage, writeStored } from "../browser/stored.ts";
import "./colour-choice.css";

/** Name of the entry in the browser's storage; `before-paint.js` looks there as well. */
export const COLOURS = "lectern-colours";

const SCHEMES = ["light", "dark", "auto"] as const;
type Scheme = (typeof SCHEMES)[number];
const LABELS = { light: "coloursLight", dark: "coloursDark", auto: "coloursAuto" } as const;

function readScheme(): Scheme {
  const stored = readStored(COLOURS);
  return stored === "light" || stored === "dark" ? stored : "auto";
}

function choose(scheme: Scheme): void {
  const { dataset } = document.documentElement;
  // The component library's name for it: its style sheets look there, too.
  if (scheme === "auto") delete dataset["mantineColorScheme"];
  else dataset["mantineColorScheme"] = scheme;
  writeStored(COLOURS, scheme === "auto" ? null : scheme);
}

/** Light, dark, or as the system says. Without scripts it is as the system says. */
export function ColourChoice() {
  const t = useTranslations("site");
  const scheme = useSyncExternalStore(subscribeToStorage, readScheme, () => null);
  if (scheme === null) return null;
  return (
    <fieldset className="colour-choice">
      <legend className="label">{t("colours")}</legend>
      {SCHEMES.map((each) => (
        <label key={each} className="colour-choice-option">
          <input
            type="radio"
            name="colours"
            value={each}
            checked={scheme === each}
            onChange={() => choose(each)}
          />
          {t(LABELS[each])}
        </label>
      ))}
    </fieldset>
  );
}
