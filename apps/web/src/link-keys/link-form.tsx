import { type FormEvent, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../components/button.tsx";
import { Form } from "../forms/form.tsx";
import { TextField } from "../forms/fields.tsx";
import { type LinkKind, type OpenedLink, linkIn } from "./link-key.ts";

interface LinkFormProps {
  readonly kind: LinkKind;
  readonly title: string;
  readonly words: string;
  /** Whether the link that was given opens nothing. */
  readonly isWrong: boolean;
  readonly onLink: (link: OpenedLink) => void;
}

/** Asks for a link that this tab does not know. */
export function LinkForm({ kind, title, words, isWrong, onLink }: LinkFormProps) {
  const t = useTranslations("links");
  const [isNone, setIsNone] = useState(false);
  function open(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const text = new FormData(event.currentTarget).get("link");
    const link = typeof text === "string" ? linkIn(kind, text) : undefined;
    setIsNone(link === undefined);
    if (link !== undefined) onLink(link);
  }
  return (
    <div className="page section">
      <header className="page-head">
        <h1>{title}</h1>
        <p className="page-head-lede">{words}</p>
      </header>
      <Form onSubmit={open}>
        {isNone || isWrong ? <p role="alert">{t(isNone ? "notALink" : "wrong")}</p> : null}
        <TextField name="link" label={t("field")} autoComplete="off" problems={{}} />
        <p>
          <Button type="submit">{t("action")}</Button>
        </p>
      </Form>
    </div>
  );
}
