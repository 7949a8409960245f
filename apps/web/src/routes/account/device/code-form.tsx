import { type FormEvent, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../../../components/button.tsx";
import { fieldText } from "../../../forms/contract-shape.ts";
import { TextField } from "../../../forms/fields.tsx";
import { Form } from "../../../forms/form.tsx";
import type { FieldProblems } from "../../../forms/use-contract-form.ts";

/** Blanks, hyphens and letter case do not matter. */
const CODE = /^[A-Z]{8}$/u;

interface CodeFormProps {
  readonly onCode: (code: string) => void;
  /** Whether the code that was given is of nothing. */
  readonly isWrong: boolean;
}

/** The code that a program shows. */
export function CodeForm({ onCode, isWrong }: CodeFormProps) {
  const t = useTranslations("device");
  const [problems, setProblems] = useState<FieldProblems>({});
  function send(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const text = fieldText(new FormData(event.currentTarget), "code") ?? "";
    const code = text.toUpperCase().replaceAll(/[\s-]/gu, "");
    if (CODE.test(code)) onCode(`${code.slice(0, 4)}-${code.slice(4)}`);
    else setProblems({ code: text === "" ? "required" : { said: t("notACode") } });
  }
  return (
    <Form onSubmit={send} noValidate>
      {isWrong ? <p role="alert">{t("wrongCode")}</p> : null}
      <TextField
        name="code"
        label={t("code")}
        hint={t("codeHint")}
        autoComplete="off"
        problems={problems}
      />
      <p>
        <Button type="submit" size="large">
          {t("next")}
        </Button>
      </p>
    </Form>
  );
}
