import { isLecternError } from "@lectern/client";
import type { UseMutationOptions } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { Button } from "../components/button.tsx";
import { type Shape, fieldText } from "../forms/contract-shape.ts";
import { TextField } from "../forms/fields.tsx";
import { Form } from "../forms/form.tsx";
import { CallFailure } from "./call-failure.tsx";
import { useCallForm } from "./use-call-form.ts";

interface CodeFormProps<Input, Answer, Failure, Context> {
  readonly kind: "totp" | "recovery_code";
  readonly loadShape: () => Promise<Shape<Input>>;
  readonly call: UseMutationOptions<Answer, Failure, Input, Context>;
  /** What is sent with the code. */
  readonly about?: object;
  readonly action?: string;
  readonly onDone: (answer: Answer) => unknown;
}

/** A code of an app, or one of those that stand in for it. */
export function CodeForm<Input, Answer, Failure, Context>(
  props: CodeFormProps<Input, Answer, Failure, Context>,
) {
  const { kind, loadShape, call, about, action, onDone } = props;
  const t = useTranslations("signIn");
  const isApp = kind === "totp";
  const { problems, formProps, sending } = useCallForm({
    loadShape,
    call,
    inputOf: (data) => ({ ...about, code: fieldText(data, "code") }),
    judgedByServer: ["code"],
    onDone,
  });
  const { code: problem } = problems;
  const words = isApp && problem === "notValid" ? { code: { said: t("notACode") } } : problems;
  return (
    <Form {...formProps}>
      <CallFailure
        call={sending}
        words={(error) => (isLecternError(error, "SignInFailed") ? t("wrongCode") : undefined)}
      />
      <TextField
        name="code"
        label={t(isApp ? "code" : "recoveryCode")}
        hint={t(isApp ? "codeHint" : "recoveryCodeHint")}
        autoComplete={isApp ? "one-time-code" : "off"}
        inputMode={isApp ? "numeric" : "text"}
        problems={words}
      />
      <p>
        <Button type="submit" isBusy={sending.isPending}>
          {sending.isPending ? t("checking") : (action ?? t("goOn"))}
        </Button>
      </p>
    </Form>
  );
}
