import { isLecternError } from "@lectern/client";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { type FormEvent, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { CallFailure } from "../../../account/call-failure.tsx";
import { useCall } from "../../../account/use-call.ts";
import { Button } from "../../../components/button.tsx";
import { useApi } from "../../../data/api.ts";
import { checkShape } from "../../../editing/check-shape.ts";
import { ChoiceField, LineField } from "../../../editing/editing-field.tsx";
import { languageChoices } from "../../../editing/languages.ts";
import { slugOf } from "../../../editing/slug-of.ts";
import { useProblemWords } from "../../../editing/use-problem-words.ts";
import "./new-course-form.css";

async function loadShape() {
  return (await import("@lectern/contract/courses")).CourseCreateInput;
}

/** The words' first letters, to begin a code with. */
function codeOf(title: string): string {
  const letters = slugOf(title)
    .split("-")
    .map((word) => word.charAt(0))
    .join("");
  return letters === "" ? "" : `${letters.slice(0, 4).toUpperCase()}-101`;
}

/** What a course can't be without. Code and address are made of the title until somebody writes others. */
export function NewCourseForm() {
  const t = useTranslations("officeCourses");
  const words = useProblemWords();
  const api = useApi();
  const router = useRouter();
  const queryClient = useQueryClient();
  const form = useRef<HTMLFormElement>(null);
  const [title, setTitle] = useState("");
  const [code, setCode] = useState<string>();
  const [slug, setSlug] = useState<string>();
  const [contentLanguage, setLanguage] = useState("en");
  const [problems, setProblems] = useState<ReadonlyMap<string, string>>(new Map());
  const call = useCall(api.courses.create.mutationOptions());
  const wish = {
    title: title.trim(),
    code: (code ?? codeOf(title)).trim().toUpperCase(),
    slug: (slug ?? slugOf(title)).trim(),
    contentLanguage,
  };

  function show(found: ReadonlyMap<string, string>): void {
    setProblems(found);
    requestAnimationFrame(() =>
      form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus(),
    );
  }
  async function send(event: FormEvent): Promise<void> {
    event.preventDefault();
    const checked = await checkShape(loadShape, { ...wish, idempotencyKey: call.keyOf(wish) });
    if ("problems" in checked) {
      show(new Map(checked.problems.map(([path, problem]) => [path, words(problem)])));
      return;
    }
    setProblems(new Map());
    try {
      const { id } = await call.mutateAsync(checked.input);
      void queryClient.invalidateQueries(api.courses.pathFilter());
      await router.navigate({ href: `/office/courses/${id}` });
    } catch (error) {
      if (!isLecternError(error, "Conflict")) return;
      const field = error.data.detail === "code" ? "code" : "slug";
      show(new Map([[field, t(`taken_${field}`)]]));
    }
  }
  return (
    <form ref={form} className="new-course-form" noValidate onSubmit={(event) => void send(event)}>
      <LineField
        label={t("field_title")}
        problem={problems.get("title")}
        lang={contentLanguage}
        value={title}
        onChange={setTitle}
      />
      <ChoiceField
        label={t("field_contentLanguage")}
        value={contentLanguage}
        onChange={setLanguage}
      >
        {languageChoices().map(({ value, words: name }) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </ChoiceField>
      <LineField
        label={t("field_code")}
        hint={t("codeHint")}
        problem={problems.get("code")}
        value={code ?? codeOf(title)}
        onChange={setCode}
      />
      <LineField
        label={t("field_slug")}
        problem={problems.get("slug")}
        value={slug ?? slugOf(title)}
        onChange={setSlug}
      />
      {isLecternError(call.error, "Conflict") ? null : <CallFailure call={call} />}
      <p>
        <Button type="submit" isBusy={call.isPending}>
          {t("create")}
        </Button>
      </p>
    </form>
  );
}
