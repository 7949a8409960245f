import type { CourseLevel, DeliveryMode } from "@lectern/contract/vocabulary";
import { useTranslations } from "use-intl";
import { LEVEL_WORDS, MODE_WORDS } from "../../../components/words.ts";

function isKeyOf<Key extends string>(
  words: Readonly<Record<Key, string>>,
  code: string,
): code is Key {
  return code in words;
}

/** Names the codes that facets count. What a newer server adds keeps its code. */
export function useFacetLabel() {
  const t = useTranslations();
  return {
    topic: (_value: string, label: string) => label,
    level: (value: string) =>
      isKeyOf<CourseLevel>(LEVEL_WORDS, value) ? t(LEVEL_WORDS[value]) : value,
    mode: (value: string) =>
      isKeyOf<DeliveryMode>(MODE_WORDS, value) ? t(MODE_WORDS[value]) : value,
  };
}
