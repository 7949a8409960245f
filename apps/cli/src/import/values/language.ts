import { LanguageTag } from "@lectern/contract/primitives";
import type { RecordFindings } from "../findings.ts";
import { quoted } from "../findings.ts";

const LETTERS = "abcdefghijklmnopqrstuvwxyz";

/** Names of languages, in English and in the language itself, with their codes. */
function namesOfLanguages(): Map<string, string> {
  const english = new Intl.DisplayNames(["en"], { type: "language", fallback: "none" });
  const names = new Map<string, string>();
  for (const first of LETTERS) {
    for (const second of LETTERS) {
      const code = first + second;
      const name = english.of(code);
      if (name === undefined) continue;
      const own = new Intl.DisplayNames([code], { type: "language", fallback: "none" }).of(code);
      for (const each of [name, own]) {
        const key = each?.toLowerCase();
        if (key !== undefined && !names.has(key)) names.set(key, code);
      }
    }
  }
  return names;
}

let knownNames: Map<string, string> | undefined;

function codeOf(text: string): string | undefined {
  const tag = text.replaceAll("_", "-");
  // "English" is a well-formed tag too, of a language that nobody registered.
  if (/^[a-z]{2,3}(?:-|$)/iu.test(tag)) {
    try {
      const [canonical] = Intl.getCanonicalLocales(tag);
      if (LanguageTag.safeParse(canonical).success) return canonical;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }
  knownNames ??= namesOfLanguages();
  return knownNames.get(text.toLowerCase());
}

/**
 * @param text a BCP 47 tag in any spelling (`en_gb`), or a language's name in English or itself
 * @returns the canonical tag (`en-GB`), or `undefined` with a note
 */
export function readLanguage(
  text: string,
  findings: RecordFindings,
  field: string,
): string | undefined {
  const code = codeOf(text.trim());
  if (code === undefined)
    findings.note("language", `${quoted(text)} is not a known language`, field);
  return code;
}
