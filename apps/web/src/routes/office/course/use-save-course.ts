import { isLecternError } from "@lectern/client";
import type { CourseForEditing } from "@lectern/contract/course-editing";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useCall } from "../../../account/use-call.ts";
import { useApi } from "../../../data/api.ts";
import { type Problems, checkShape } from "../../../editing/check-shape.ts";
import type { Editing } from "../../../editing/use-edit.ts";
import { useProblemWords } from "../../../editing/use-problem-words.ts";
import { changesOf } from "./course-changes.ts";
import { type CourseText, translatedInto, translationKey } from "./course-text.ts";

/** What is wrong with fields, in words. */
export type FieldWords = ReadonlyMap<string, string>;

async function loadShape() {
  return (await import("@lectern/contract/courses")).CourseUpdateInput;
}

/** @returns the field of a path such as `changes.translations.1.title` */
function fieldOf(path: string, text: CourseText): string {
  const [, field = "", position = ""] = path.split(".");
  if (field !== "translations") return field;
  const language = translatedInto(text)[Number(position)];
  return language === undefined ? field : translationKey(language);
}

/** Saves what was changed of a course, as a new version. */
export function useSaveCourse(course: CourseForEditing, edit: Editing<CourseText>) {
  const api = useApi();
  const queryClient = useQueryClient();
  const t = useTranslations();
  const words = useProblemWords();
  const [problems, setProblems] = useState<FieldWords>(new Map());
  const [note, setNote] = useState("");
  const call = useCall(api.courses.update.mutationOptions());

  function show(found: Problems, text: CourseText): void {
    setProblems(
      new Map(found.map(([path, problem]) => [fieldOf(path, text), words(problem)] as const)),
    );
  }
  function refused(error: unknown, text: CourseText): void {
    if (isLecternError(error, "Invalid")) {
      show(
        error.data.issues.map(({ path, message }) => [path, { said: message }] as const),
        text,
      );
    } else if (isLecternError(error, "Conflict") && error.data.reason === "already_exists") {
      const field = error.data.detail ?? "";
      setProblems(
        new Map([[field, t(`officeCourses.taken_${field === "code" ? "code" : "slug"}`)]]),
      );
    }
  }

  /** @returns the version that is saved by then, or `undefined` if it could not be */
  async function save(): Promise<number | undefined> {
    if (edit.changed.length === 0) return course.version;
    // What both changed is decided first: the panel asks.
    if (edit.conflicts.length > 0) return undefined;
    const { content: sent, changed: keys } = edit;
    const wish = {
      id: course.id,
      version: course.version,
      changes: changesOf(sent, course, keys),
      note,
    };
    const checked = await checkShape(loadShape, { ...wish, idempotencyKey: call.keyOf(wish) });
    if ("problems" in checked) {
      show(checked.problems, sent);
      return undefined;
    }
    setProblems(new Map());
    try {
      const { version } = await call.mutateAsync(checked.input);
      edit.wasSaved(sent, keys, version);
      setNote("");
      await queryClient.invalidateQueries(api.courses.pathFilter());
      return version;
    } catch (error) {
      refused(error, sent);
      // What others changed is taken in, and shown.
      if (isLecternError(error, "Conflict")) {
        await queryClient.invalidateQueries(api.courses.pathFilter());
      }
      return undefined;
    }
  }
  return { save, problems, note, setNote, call };
}
