import type { BookingNow } from "../../../bookings/live-places.ts";
import type { Choices as ChoicesAnswer } from "@lectern/contract/registrations";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useId, useState } from "react";
import { useTranslations } from "use-intl";
import { keepBookingKey } from "../../../browser/booking-keys.ts";
import { Button } from "../../../components/button.tsx";
import { useApi } from "../../../data/api.ts";
import { Wishes } from "../../../data/wishes.ts";
import { FailureNotice } from "../../../forms/failure-notice.tsx";
import { useRefusalWords } from "../../../refusals/use-refusal-words.ts";
import { ChoiceOptions } from "./choice-options.tsx";
import { type Chosen, type Question, answersOf, openQuestions } from "./chosen.ts";
import "./choices.css";

interface ChoicesProps {
  readonly booking: BookingNow;
  /** Nothing where it is their own: then they are signed in. */
  readonly accessKey: string | null;
  /** Called with the booking as it is now. */
  readonly onChosen: (after: BookingNow) => void;
}

/** What the people of a booking are asked because the academy cancelled or moved their date. */
export function Choices({ booking, accessKey, onChosen }: ChoicesProps) {
  const t = useTranslations("booked");
  const words = useRefusalWords();
  const proof = { reference: booking.reference, accessKey };
  const { status } = booking;
  // Nobody is asked whose booking was never more than a hold.
  const mayBeAsked = status !== "held" && status !== "expired";
  const asked = useQuery(
    useApi().registrations.choices.queryOptions(proof, { enabled: mayBeAsked, staleTime: 0 }),
  );
  if (asked.data === undefined) {
    const isSure = asked.isError && booking.run.status === "cancelled";
    return isSure ? <p role="alert">{words(asked.error)}</p> : null;
  }
  const open = openQuestions(asked.data.choices);
  if (open.length > 0) {
    return (
      <Ask
        key={open.map(({ id }) => id).join(" ")}
        {...{ proof, onChosen, open }}
        asked={asked.data}
      />
    );
  }
  return <Answered questions={asked.data.choices} label={t("answeredTitle")} />;
}

interface AskProps {
  readonly proof: { readonly reference: string; readonly accessKey: string | null };
  readonly asked: ChoicesAnswer;
  readonly open: readonly Question[];
  readonly onChosen: ChoicesProps["onChosen"];
}

function Ask({ proof, asked, open, onChosen }: AskProps) {
  const t = useTranslations("booked");
  const tFailures = useTranslations("failures");
  const words = useRefusalWords();
  const api = useApi();
  const navigate = useNavigate();
  const group = useId();
  const [wishes] = useState(() => new Wishes());
  const [isSame, setIsSame] = useState(true);
  const [forAll, setForAll] = useState<Chosen>();
  const [each, setEach] = useState<Readonly<Record<string, Chosen>>>({});
  const [isMissing, setIsMissing] = useState(false);
  const choosing = useMutation(
    api.registrations.choose.mutationOptions({
      onSuccess: ({ booking, moved }) => {
        for (const to of moved) {
          keepBookingKey({ reference: to.reference, accessKey: to.accessKey, runId: to.runId });
        }
        onChosen(booking);
        const [only, ...others] = moved;
        if (only === undefined || others.length > 0 || only.registrations.length < open.length) {
          return;
        }
        void navigate({ to: "/bookings/$reference", params: { reference: only.reference } });
      },
    }),
  );
  const kind = open[0]?.kind ?? "run_rescheduled";
  const isForAll = isSame || open.length === 1;

  function send(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    if (choosing.isPending) return;
    const choices = answersOf(open, ({ id }) => (isForAll ? forAll : each[id]));
    setIsMissing(choices === undefined);
    if (choices === undefined) return;
    const wish = { ...proof, choices };
    choosing.mutate({ ...wish, idempotencyKey: wishes.keyOf(wish) });
  }
  return (
    <form className="choices" onSubmit={send} aria-labelledby={`${group}-title`}>
      <h2 id={`${group}-title`}>{t(`askTitle_${kind}`)}</h2>
      <p>{t(`askWords_${kind}`)}</p>
      {choosing.isError ? (
        <FailureNotice key={choosing.failureCount} title={tFailures("failedTitle")}>
          <p>{words(choosing.error)}</p>
        </FailureNotice>
      ) : null}
      {open.length === 1 ? null : (
        <label className="choices-same">
          <input
            type="checkbox"
            checked={isSame}
            onChange={({ currentTarget }) => setIsSame(currentTarget.checked)}
          />
          {t("askSame")}
        </label>
      )}
      {isForAll ? (
        <ChoiceOptions
          name={group}
          label={t("places")}
          questions={open}
          alternatives={asked.alternatives}
          chosen={forAll}
          onChosen={setForAll}
        />
      ) : (
        open.map((question) => (
          <ChoiceOptions
            key={question.id}
            name={`${group}-${question.id}`}
            label={t("askFor", {
              position: question.position,
              name: question.learner?.name ?? t("unnamed"),
            })}
            isLabelShown
            questions={[question]}
            alternatives={asked.alternatives}
            chosen={each[question.id]}
            onChosen={(chosen) => setEach((before) => ({ ...before, [question.id]: chosen }))}
          />
        ))
      )}
      <p role="alert" className={isMissing ? "choices-missing" : "visually-hidden"}>
        {isMissing ? t("askNothing") : ""}
      </p>
      <p>
        <Button type="submit" isBusy={choosing.isPending}>
          {t(choosing.isPending ? "askSending" : "askSend")}
        </Button>
      </p>
    </form>
  );
}

/** What was answered. */
function Answered({ questions, label }: { questions: readonly Question[]; label: string }) {
  const t = useTranslations("booked");
  const answered = questions.filter(({ state }) => state !== "open");
  if (answered.length === 0) return null;
  return (
    <section className="choices-answered" aria-label={label}>
      <p className="label">{label}</p>
      <ul>
        {answered.map(({ id, position, state }) => (
          <li key={id}>
            {questions.length === 1 ? null : `${t("place", { position })}: `}
            {state === "open" ? null : t(`answered_${state}`)}
          </li>
        ))}
      </ul>
    </section>
  );
}
