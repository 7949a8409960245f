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
import { LineField } from "../../../editing/editing-field.tsx";
import { slugOf } from "../../../editing/slug-of.ts";
import { useProblemWords } from "../../../editing/use-problem-words.ts";
import { useOfficeMe } from "../../../office/office-me.ts";
import { OfficePage } from "../../../office/office-page.tsx";
import "./page.css";

async function loadShape() {
  return (await import("@lectern/contract/articles")).ArticleWriteInput;
}

/** Where an article begins: with a title, an address made of it, and whoever writes it. */
export function NewArticlePage() {
  const t = useTranslations("officeArticles");
  const words = useProblemWords();
  const me = useOfficeMe();
  const api = useApi();
  const router = useRouter();
  const queryClient = useQueryClient();
  const form = useRef<HTMLFormElement>(null);
  const [title, setTitle] = useState("");
  const [slug, setSlug] = useState<string>();
  const [author, setAuthor] = useState(me.name);
  const [problems, setProblems] = useState<ReadonlyMap<string, string>>(new Map());
  const call = useCall(api.articles.write.mutationOptions());
  const wish = {
    title: title.trim(),
    slug: (slug ?? slugOf(title)).trim(),
    author: author.trim(),
    summary: "",
    body: "",
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
      void queryClient.invalidateQueries(api.articles.pathFilter());
      await router.navigate({ href: `/office/articles/${id}` });
    } catch (error) {
      if (isLecternError(error, "Conflict")) show(new Map([["slug", t("taken_slug")]]));
    }
  }
  return (
    <OfficePage title={t("new")} lede={t("newLede")}>
      <form ref={form} className="new-article" noValidate onSubmit={(event) => void send(event)}>
        <LineField
          label={t("field_title")}
          problem={problems.get("title")}
          value={title}
          onChange={setTitle}
        />
        <LineField
          label={t("field_slug")}
          problem={problems.get("slug")}
          value={slug ?? slugOf(title)}
          onChange={setSlug}
        />
        <LineField
          label={t("field_author")}
          problem={problems.get("author")}
          value={author}
          onChange={setAuthor}
        />
        {isLecternError(call.error, "Conflict") ? null : <CallFailure call={call} />}
        <p>
          <Button type="submit" isBusy={call.isPending}>
            {t("create")}
          </Button>
        </p>
      </form>
    </OfficePage>
  );
}
