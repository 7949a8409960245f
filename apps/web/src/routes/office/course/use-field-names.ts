import { COURSE_FIELDS } from "@lectern/contract/course-editing";
import { useTranslations } from "use-intl";
import { languageName } from "../../../format/names.ts";
import { languageOfKey } from "./course-text.ts";

function isField(key: string): key is (typeof COURSE_FIELDS)[number] {
  return COURSE_FIELDS.some((field) => field === key);
}

/** @returns a function that names a field of a course, or a translation of it */
export function useFieldNames(): (key: string) => string {
  const t = useTranslations("officeCourses");
  return (key) => {
    const language = languageOfKey(key);
    if (language !== undefined) return t("translationInto", { language: languageName(language) });
    return isField(key) ? t(`field_${key}`) : key;
  };
}
