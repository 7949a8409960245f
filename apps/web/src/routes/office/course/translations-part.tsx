import type { CourseForEditing } from "@lectern/contract/course-editing";
import { useTranslations } from "use-intl";
import { z } from "zod";
import { Button } from "../../../components/button.tsx";
import { languageChoices } from "../../../editing/languages.ts";
import { languageName } from "../../../format/names.ts";
import { textFilter } from "../../../office/address-filters.ts";
import { StateBadge } from "../../../office/state-badge.tsx";
import { useUndo } from "../../../office/undo.tsx";
import { useAddressFilters } from "../../../office/use-address-filters.ts";
import { emptyTranslation, translatedInto, translationKey } from "./course-text.ts";
import type { PartProps } from "./part.ts";
import { TranslationSides } from "./translation-sides.tsx";
import "./translations-part.css";

/** Which translation is looked at stands in the address. */
const CHOICE = z.object({ language: textFilter(35) });

/** The course in other languages, each beside its own. */
export function TranslationsPart(props: PartProps & { readonly course: CourseForEditing }) {
  const { text, change, problems, isReadOnly, course } = props;
  const t = useTranslations("officeCourses");
  const undo = useUndo();
  const address = useAddressFilters(CHOICE);
  const languages = translatedInto(text);
  const chosen = languages.includes(address.filters.language ?? "")
    ? address.filters.language
    : languages[0];
  const left = languageChoices().filter(
    ({ value }) => value !== text.contentLanguage && !languages.includes(value),
  );
  function remove(language: string): void {
    const key = translationKey(language);
    const translation = text[key] ?? null;
    change({ [key]: null });
    undo.done({
      words: t("translationRemoved", { language: languageName(language) }),
      undo: () => change({ [key]: translation }),
    });
  }
  return (
    <>
      <div className="translations-part-head">
        <div className="translations-part-languages" role="group" aria-label={t("translations")}>
          {languages.map((language) => (
            <button
              key={language}
              type="button"
              aria-pressed={language === chosen}
              onClick={() => address.set({ language })}
            >
              {languageName(language)}
              {isOld(course, language) ? (
                <StateBadge tone="waiting">{t("translationOld")}</StateBadge>
              ) : null}
            </button>
          ))}
        </div>
        {isReadOnly ? null : (
          <select
            className="select"
            aria-label={t("translationAdd")}
            value=""
            onChange={({ target }) => {
              if (target.value === "") return;
              change({ [translationKey(target.value)]: emptyTranslation() });
              address.set({ language: target.value });
            }}
          >
            <option value="">{t("translationAdd")}</option>
            {left.map(({ value, words }) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </select>
        )}
      </div>
      {chosen === undefined ? (
        <p className="aside-note">{t("translationsNone")}</p>
      ) : (
        <>
          <TranslationSides
            key={chosen}
            course={course}
            text={text}
            language={chosen}
            problem={problems.get(translationKey(chosen))}
            isReadOnly={isReadOnly}
            onChange={(translation) => change({ [translationKey(chosen)]: translation })}
          />
          {isReadOnly ? null : (
            <p>
              <Button variant="outline" size="small" onClick={() => remove(chosen)}>
                {t("translationRemove", { language: languageName(chosen) })}
              </Button>
            </p>
          )}
        </>
      )}
    </>
  );
}

function isOld({ translations }: CourseForEditing, language: string): boolean {
  return translations.some((one) => one.language === language && one.outdated.length > 0);
}
