import countries from "i18n-iso-countries";
import type { RecordFindings } from "../findings.ts";
import { quoted } from "../findings.ts";

/** Parts of the United Kingdom, which people write where a country is asked for. */
const PARTS: ReadonlyMap<string, string> = new Map(
  ["england", "scotland", "wales", "northern ireland"].map((name) => [name, "GB"]),
);

function codeOf(text: string): string | undefined {
  const upper = text.toUpperCase();
  if (upper === "UK") return "GB";
  if (/^[A-Z]{2}$/u.test(upper)) return countries.isValid(upper) ? upper : undefined;
  if (/^[A-Z]{3}$/u.test(upper)) {
    const code = countries.alpha3ToAlpha2(upper);
    if (code !== undefined) return code;
  }
  const part = PARTS.get(text.toLowerCase());
  if (part !== undefined) return part;
  // English first; after that, the first language that has a country of this name.
  for (const language of ["en", ...countries.langs()]) {
    const code = countries.getAlpha2Code(text, language);
    if (code !== undefined) return code;
  }
  return undefined;
}

/**
 * @param text a country's code (two or three letters) or its name in any common language
 * @returns ISO 3166-1 alpha-2, or `undefined` with a note for a country that is not known
 */
export function readCountry(
  text: string,
  findings: RecordFindings,
  field: string,
): string | undefined {
  const code = codeOf(text.trim());
  if (code === undefined) findings.note("country", `${quoted(text)} is not a known country`, field);
  return code;
}
