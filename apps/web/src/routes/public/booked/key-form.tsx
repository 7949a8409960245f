import { type FormEvent, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../../../components/button.tsx";
import { Form } from "../../../forms/form.tsx";
import { TextField } from "../../../forms/fields.tsx";
import { keyIn } from "./private-link.ts";

interface KeyFormProps {
  readonly reference: string;
  /** Whether the key that was given opens nothing. */
  readonly isWrong: boolean;
  readonly onKey: (accessKey: string) => void;
}

/** Asks for the key of a booking that this tab does not know. */
export function KeyForm({ reference, isWrong, onKey }: KeyFormProps) {
  const t = useTranslations("booked");
  const [isNone, setIsNone] = useState(false);
  function open(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const text = new FormData(event.currentTarget).get("key");
    const key = typeof text === "string" ? keyIn(text) : undefined;
    setIsNone(key === undefined);
    if (key !== undefined) onKey(key);
  }
  return (
    <div className="page">
      <header className="page-head">
        <p className="label figures">{reference}</p>
        <h1>{t("keyTitle")}</h1>
        <p className="page-head-lede">{t("keyWords")}</p>
      </header>
      <Form onSubmit={open}>
        {isWrong ? <p role="alert">{t("keyWrong")}</p> : null}
        <TextField
          name="key"
          label={t("keyField")}
          autoComplete="off"
          problems={isNone ? { key: "notValid" } : {}}
        />
        <p>
          <Button type="submit">{t("keyAction")}</Button>
        </p>
      </Form>
    </div>
  );
}
