import type { OrganisationDetail } from "@lectern/contract/organisations";
import type { RunSummary } from "@lectern/contract/runs";
import { useTranslations } from "use-intl";
import { formatDays } from "../../../format/dates.ts";
import { useMay } from "../../../office/office-me.ts";
import { OfficeLink } from "../../../office/office-link.tsx";
import { OrganisationPart } from "../../../organisation/organisation-surroundings.tsx";
import { PrivateRunList } from "../../../organisation/private-run-list.tsx";

/** The dates that are kept for a company. */
export function PrivateTab({ organisation }: { organisation: OrganisationDetail }) {
  const t = useTranslations("officeOrganisations");
  const may = useMay();
  const { id, archivedAt } = organisation;
  const isInUse = archivedAt === null;
  return (
    <OrganisationPart id="private" title={t("privateTitle")} words={t("privateWords")}>
      <PrivateRunList
        organisationId={id}
        none={<p>{t("privateNone")}</p>}
        waysOf={(run) => (isInUse && may("bookings.make.any") ? <BookLink run={run} /> : null)}
      />
      {isInUse && may("runs.write") ? (
        <p>
          <OfficeLink
            href={`/office/schedule/new?organisation=${id}`}
            className="button button-outline button-medium"
          >
            {t("privateNew")}
          </OfficeLink>
        </p>
      ) : null}
    </OrganisationPart>
  );
}

function BookLink({ run }: { run: RunSummary }) {
  const t = useTranslations("officeOrganisations");
  const { course, localStart, localEnd } = run;
  if (run.bookability !== "open") return null;
  return (
    <p>
      <OfficeLink href={`/office/bookings/new?run=${run.id}`} className="onward">
        <span aria-hidden="true">{t("bookRun")}</span>
        <span className="visually-hidden">
          {t("bookRunOf", { course: course.title, days: formatDays(localStart, localEnd) })}
        </span>
      </OfficeLink>
    </p>
  );
}
