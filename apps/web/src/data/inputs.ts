import { language } from "../language/language.ts";

/** What is asked of a course that everybody may see: in the language of the page. */
export function courseInput(slug: string) {
  return { slug, language: language() };
}

/** What is asked of a run that everybody may see: its course is called as in the language of the page. */
export function runInput(id: string) {
  return { id, language: language() };
}
