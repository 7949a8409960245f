import { isLecternError } from "@lectern/client";
import type { OrganisationDetail } from "@lectern/contract/organisations";
import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { CallFailure } from "../account/call-failure.tsx";
import { Said } from "../account/said.tsx";
import { useCallForm } from "../account/use-call-form.ts";
import { Button } from "../components/button.tsx";
import { useApi } from "../data/api.ts";
import { Form } from "../forms/form.tsx";
import { ProblemCount } from "../forms/problem-count.tsx";
import { DetailsFields } from "./details-fields.tsx";
import { DetailsMeanwhile } from "./details-meanwhile.tsx";
import { changesOf, detailsOf } from "./organisation-details.ts";

async function loadShape() {
  const { OrganisationUpdateInput } = await import("@lectern/contract/organisations");
  return OrganisationUpdateInput;
}

interface DetailsFormProps {
  /** As it is by now. What others changed is taken in for as long as nothing is typed. */
  readonly organisation: OrganisationDetail;
}

interface Begun {
  /** What the fields begin with; others are shown for another number. */
  readonly organisation: OrganisationDetail;
  readonly number: number;
  readonly isTouched: boolean;
}

/** What a company is called, and where its invoices go. */
export function DetailsForm({ organisation }: DetailsFormProps) {
  const t = useTranslations("organisation");
  const [isSaved, setIsSaved] = useState(false);
  const [begun, setBegun] = useState<Begun>({ organisation, number: 0, isTouched: false });
  const begin = (from: OrganisationDetail) =>
    setBegun(({ number }) => ({ organisation: from, number: number + 1, isTouched: false }));
  if (!begun.isTouched && organisation.version > begun.organisation.version) begin(organisation);
  return (
    <>
      <OneForm
        key={begun.number}
        begunWith={begun.organisation}
        onTouched={() => {
          setIsSaved(false);
          setBegun((before) => ({ ...before, isTouched: true }));
        }}
        onSaved={(saved, isShown) => {
          setIsSaved(true);
          // The fields say what was saved already, and keep the focus, unless others changed some of them.
          if (isShown)
            setBegun(({ number }) => ({ organisation: saved, number, isTouched: false }));
          else begin(saved);
        }}
        onReload={begin}
      />
      <Said>{isSaved ? t("saved") : ""}</Said>
    </>
  );
}

interface OneFormProps {
  readonly begunWith: OrganisationDetail;
  readonly onTouched: () => void;
  /** @param isShown whether the fields say what was saved */
  readonly onSaved: (saved: OrganisationDetail, isShown: boolean) => void;
  readonly onReload: (latest: OrganisationDetail) => void;
}

/** What was changed is sent with the version that it was changed in; what was not is left as others may have made it. */
function OneForm({ begunWith, onTouched, onSaved, onReload }: OneFormProps) {
  const t = useTranslations("organisation");
  const api = useApi();
  const queryClient = useQueryClient();
  const { id } = begunWith;
  // Once others' changes were looked at, theirs.
  const looked = useRef<number>(undefined);
  const { problems, formProps, sending } = useCallForm({
    loadShape,
    call: api.organisations.update.mutationOptions(),
    inputOf: (data) => ({
      id,
      version: looked.current ?? begunWith.version,
      changes: changesOf(begunWith, detailsOf(data)),
    }),
    fieldOf: (path) => path.replace(/^changes\./u, ""),
    onDone: (saved) => {
      queryClient.setQueryData(api.organisations.byId.queryKey({ id }), saved);
      onSaved(saved, looked.current === undefined);
      looked.current = undefined;
      return queryClient.invalidateQueries(api.account.me.queryFilter());
    },
  });
  return (
    <Form {...formProps} onInput={onTouched}>
      <CallFailure
        call={sending}
        words={(failure) =>
          isLecternError(failure, "Conflict") && failure.data.reason === "already_exists"
            ? t("numberTaken")
            : undefined
        }
      />
      {isLecternError(sending.error, "Conflict") &&
      sending.error.data.reason === "changed_meanwhile" ? (
        <DetailsMeanwhile
          begunWith={begunWith}
          onSave={(version) => {
            looked.current = version;
          }}
          onReload={onReload}
        />
      ) : null}
      <ProblemCount problems={problems} />
      <DetailsFields organisation={begunWith} problems={problems} />
      <p>
        <Button type="submit" isBusy={sending.isPending}>
          {t(sending.isPending ? "saving" : "save")}
        </Button>
      </p>
    </Form>
  );
}
