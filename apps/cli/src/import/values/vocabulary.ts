import type { CourseLevel, DeliveryMode } from "@lectern/contract/vocabulary";

/** The closed lists of Lectern, found in the words of others. */

const LEVELS: ReadonlyMap<string, CourseLevel> = new Map([
  ...[
    "beginner",
    "beginners",
    "basic",
    "introductory",
    "intro",
    "novice",
    "foundation",
    "entry",
  ].map((word) => [word, "beginner"] as const),
  ...["intermediate", "medium"].map((word) => [word, "intermediate"] as const),
  ...["advanced", "expert", "specialist"].map((word) => [word, "advanced"] as const),
]);

/** @returns the level that a text names, if it names exactly one */
export function readLevel(text: string): CourseLevel | undefined {
  const found = new Set(
    text
      .toLowerCase()
      .split(/[^a-z]+/u)
      .flatMap((word) => LEVELS.get(word) ?? []),
  );
  const [level, another] = [...found];
  return another === undefined ? level : undefined;
}

/** What a word about how a run is taught says; `"neutral"` for words about its pace or hours. */
export type ModeWord = "onsite" | "online" | "blended" | "self_paced" | "neutral";

const MODE_WORDS: ReadonlyMap<string, ModeWord> = new Map<string, ModeWord>([
  ..."onsite offline classroom inperson facetoface f2f physical presencial offlineeventattendancemode"
    .split(" ")
    .map((word) => [word, "onsite"] as const),
  ..."online virtual remote webinar distance distancelearning virtualclassroom onlineeventattendancemode livestream livestreamed"
    .split(" ")
    .map((word) => [word, "online"] as const),
  ..."blended hybrid mixed mixedeventattendancemode"
    .split(" ")
    .map((word) => [word, "blended"] as const),
  ..."selfpaced asynchronous ondemand elearning selfstudy"
    .split(" ")
    .map((word) => [word, "self_paced"] as const),
  ..."synchronous live fulltime parttime day daytime evening weekend modular"
    .split(" ")
    .map((word) => [word, "neutral"] as const),
]);

/** @param word a course mode, such as `onsite`, `in-person` or `https://schema.org/OnlineEventAttendanceMode` */
export function readModeWord(word: string): ModeWord | undefined {
  const last = word.slice(word.lastIndexOf("/") + 1);
  return MODE_WORDS.get(last.toLowerCase().replaceAll(/[^a-z0-9]/gu, ""));
}

/** @returns how a run is taught, from all that is said of it; `undefined` if nothing is */
export function deliveryModeOf(words: ReadonlySet<ModeWord>): DeliveryMode | undefined {
  if (words.has("blended") || (words.has("onsite") && words.has("online"))) return "blended";
  if (words.has("onsite")) return words.has("self_paced") ? "blended" : "classroom";
  if (words.has("self_paced")) return "self_paced";
  return words.has("online") ? "virtual" : undefined;
}

const YES = new Set(["true", "yes", "y", "1", "online"]);
const NO = new Set(["false", "no", "n", "0", "offline"]);

/** @returns what a text says to a yes-or-no question; `undefined` if neither */
export function readYesNo(text: string): boolean | undefined {
  const word = text.trim().toLowerCase();
  if (YES.has(word)) return true;
  return NO.has(word) ? false : undefined;
}
