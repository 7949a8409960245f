import { isLecternError } from "@lectern/client";
import type { RunDetail } from "@lectern/contract/runs";
import { Checkbox } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useId, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { keepLinkKey } from "../../../browser/link-keys.ts";
import { readersLanguage, readersTimeZone } from "../../../browser/reader.ts";
import { Button } from "../../../components/button.tsx";
import { useApi } from "../../../data/api.ts";
import { Wishes } from "../../../data/wishes.ts";
import { fieldNumber, fieldText } from "../../../forms/contract-shape.ts";
import { FailureNotice } from "../../../forms/failure-notice.tsx";
import { TextField } from "../../../forms/fields.tsx";
import { Form } from "../../../forms/form.tsx";
import { ProblemCount } from "../../../forms/problem-count.tsx";
import { useContractForm } from "../../../forms/use-contract-form.ts";
import { useRefusalWords } from "../../../refusals/use-refusal-words.ts";
import { usePlaces } from "./use-places.ts";
import "./join-waitlist.css";

const PLACES_MAX = 20;

async function loadShape() {
  const { WaitlistJoinInput } = await import("@lectern/contract/waitlist");
  return WaitlistJoinInput;
}

interface JoinWaitlistProps {
  readonly run: RunDetail;
  /** How many places are wanted at first. */
  readonly places: number;
  /** Whether the page is alive yet. */
  readonly isReady: boolean;
  /** Called by who would rather book, now that there are places. */
  readonly onBook: () => void;
}

/** Gets in line for places of a date that has none, or too few. */
export function JoinWaitlist({ run, places, isReady, onBook }: JoinWaitlistProps) {
  const t = useTranslations("waitlist");
  const tForms = useTranslations("forms");
  const tFailures = useTranslations("failures");
  const id = useId();
  const api = useApi();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const words = useRefusalWords();
  const field = useRef<HTMLSelectElement>(null);
  const [quantity, setQuantity] = usePlaces(field, places);
  const [wishes] = useState(() => new Wishes());
  const joining = useMutation(
    api.waitlist.join.mutationOptions({
      onSuccess: async ({ entryId, accessKey, runId }) => {
        keepLinkKey({ kind: "waitlist", id: entryId, key: accessKey, runId });
        await navigate({ to: "/waitlist", hash: entryId });
      },
      onError: () => {
        // The places left are not what they were.
        void queryClient.invalidateQueries(api.runs.byId.queryFilter({ id: run.id }));
      },
    }),
  );
  const { problems, formProps } = useContractForm({
    loadShape,
    inputOf: (data) => {
      const wish = {
        runId: run.id,
        quantity: fieldNumber(data, "quantity"),
        takesFewer: data.has("takesFewer"),
        name: fieldText(data, "name"),
        email: fieldText(data, "email"),
        company: fieldText(data, "company"),
        timeZone: readersTimeZone(),
        language: readersLanguage(),
      };
      return { ...wish, idempotencyKey: wishes.keyOf(wish) };
    },
    send: joining.mutateAsync,
  });
  const { error } = joining;
  const hasFreePlaces = isLecternError(error, "Conflict") && error.data.reason === "places_free";
  const most = Math.min(Math.max(run.capacity, 1), PLACES_MAX);
  return (
    <Form {...formProps} className="form join-waitlist">
      {joining.isError ? (
        <FailureNotice key={joining.failureCount} title={tFailures("failedTitle")}>
          <p>{words(error)}</p>
          {hasFreePlaces ? <Button onClick={onBook}>{t("instead")}</Button> : null}
        </FailureNotice>
      ) : null}
      <ProblemCount problems={problems} />
      <div className="join-waitlist-places">
        <label htmlFor={id} className="join-waitlist-label">
          {t("quantity")}
        </label>
        <select
          ref={field}
          id={id}
          name="quantity"
          className="select"
          value={quantity}
          onChange={({ currentTarget }) => setQuantity(Number(currentTarget.value))}
          autoComplete="off"
        >
          {Array.from({ length: most }, (_, index) => (
            <option key={index} value={index + 1}>
              {index + 1}
            </option>
          ))}
        </select>
      </div>
      {quantity > 1 ? (
        <Checkbox name="takesFewer" label={t("takesFewer")} description={t("takesFewerWords")} />
      ) : null}
      <div className="form-row">
        <TextField name="name" label={tForms("name")} autoComplete="name" problems={problems} />
        <TextField
          name="email"
          type="email"
          label={tForms("email")}
          autoComplete="email"
          problems={problems}
        />
      </div>
      <TextField
        name="company"
        label={tForms("company")}
        autoComplete="organization"
        problems={problems}
        isOptional
      />
      <p>
        <Button type="submit" size="large" isBusy={joining.isPending} isDisabled={!isReady}>
          {t(joining.isPending ? "joining" : "join")}
        </Button>
      </p>
      <p className="aside-note">
        {t("joinPrivacy")} <Link to="/privacy">{t("joinPrivacyMore")}</Link>
      </p>
    </Form>
  );
}
