import type { Me } from "@lectern/contract/accounts";
import type { RunSummary } from "@lectern/contract/runs";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { AccountPart } from "../../../account/account-frame.tsx";
import { Said } from "../../../account/said.tsx";
import { Button, LinkButton } from "../../../components/button.tsx";
import { useApi } from "../../../data/api.ts";
import { formatDays } from "../../../format/dates.ts";
import { type OwnOrganisation, mayBook } from "../../../organisation/organisation-role.ts";
import { PrivateRunList } from "../../../organisation/private-run-list.tsx";
import { BookDialog } from "./book-dialog.tsx";

interface PrivateRunsProps {
  readonly organisation: OwnOrganisation;
  readonly me: Me;
}

/** The dates that are kept for a company, for all its people to see and for some to book. */
export function PrivateRuns({ organisation, me }: PrivateRunsProps) {
  const t = useTranslations("organisation");
  const api = useApi();
  const queryClient = useQueryClient();
  const [run, setRun] = useState<RunSummary>();
  const [said, setSaid] = useState("");
  const { id: organisationId } = organisation;
  return (
    <AccountPart id="private" title={t("privateRuns")} words={t("privateRunsWords")}>
      <Said>{said}</Said>
      <PrivateRunList
        organisationId={organisationId}
        none={
          <>
            <p>{t("privateNone")}</p>
            {mayBook(organisation) ? (
              <p>
                <LinkButton to="/contact" variant="outline">
                  {t("privateAsk")}
                </LinkButton>
              </p>
            ) : null}
          </>
        }
        waysOf={(item) =>
          mayBook(organisation) && item.bookability === "open" ? (
            <BookButton run={item} onBook={() => setRun(item)} />
          ) : null
        }
      />
      {run === undefined ? null : (
        <BookDialog
          run={run}
          organisationId={organisationId}
          booker={{ name: me.name, email: me.email }}
          onBooked={(reference) => {
            setSaid(t("bookDone", { reference }));
            void queryClient.invalidateQueries(api.organisations.pathFilter());
          }}
          onClose={() => setRun(undefined)}
        />
      )}
    </AccountPart>
  );
}

function BookButton({ run, onBook }: { run: RunSummary; onBook: () => void }) {
  const t = useTranslations("organisation");
  const { course, localStart, localEnd } = run;
  return (
    <p>
      <Button size="small" onClick={onBook}>
        <span aria-hidden="true">{t("book")}</span>
        <span className="visually-hidden">
          {t("bookOf", { course: course.title, days: formatDays(localStart, localEnd) })}
        </span>
      </Button>
    </p>
  );
}
