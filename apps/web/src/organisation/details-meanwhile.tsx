import type { OrganisationDetail } from "@lectern/contract/organisations";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { Loaded } from "../account/loaded.tsx";
import { Button } from "../components/button.tsx";
import { Localized } from "../components/localized.tsx";
import { useApi } from "../data/api.ts";
import { countryName } from "../format/names.ts";
import { DETAIL_FIELDS, type Details, changesOf } from "./organisation-details.ts";
import "./details-meanwhile.css";

interface DetailsMeanwhileProps {
  /** What the fields began with. */
  readonly begunWith: OrganisationDetail;
  /** What was typed is saved on top of this version: the form is sent right after. */
  readonly onSave: (version: number) => void;
  /** What was typed is given up for what is there. */
  readonly onReload: (latest: OrganisationDetail) => void;
}

/** What others saved of a company meanwhile, and what is to become of what was typed. */
export function DetailsMeanwhile({ begunWith, onSave, onReload }: DetailsMeanwhileProps) {
  const t = useTranslations("organisation");
  const { id } = begunWith;
  const latest = useQuery(useApi().organisations.byId.queryOptions({ id }, { staleTime: 0 }));
  const { error, refetch, isFetchedAfterMount } = latest;
  const found = isFetchedAfterMount ? latest.data : undefined;
  return (
    <div className="details-meanwhile">
      <Loaded query={{ data: found, error, refetch }}>
        {(theirs) => (
          <>
            <dl>
              {Object.keys(changesOf(begunWith, theirs)).length === 0 ? null : (
                <dt>{t("meanwhile")}</dt>
              )}
              {DETAIL_FIELDS.filter((field) => theirs[field] !== begunWith[field]).map((field) => (
                <dd key={field}>
                  {t("meanwhileField", { field: t(field) })}{" "}
                  <Localized>{shown(theirs, field) ?? t("meanwhileNothing")}</Localized>
                </dd>
              ))}
            </dl>
            <p className="details-meanwhile-ways">
              <Button type="submit" size="small" onClick={() => onSave(theirs.version)}>
                {t("meanwhileSave")}
              </Button>
              <Button variant="outline" size="small" onClick={() => onReload(theirs)}>
                {t("meanwhileReload")}
              </Button>
            </p>
          </>
        )}
      </Loaded>
    </div>
  );
}

function shown(details: Details, field: keyof Details): string | null {
  return field === "country" ? countryName(details.country) : details[field];
}
