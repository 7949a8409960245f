import type { AcademySettings } from "@lectern/contract/academy";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { Loaded } from "../../../../account/loaded.tsx";
import { useApi } from "../../../../data/api.ts";
import { OfficeInstant } from "../../../../office/office-time.tsx";
import { Facts, RecordSection } from "../../../../office/record-page.tsx";
import { StateBadge } from "../../../../office/state-badge.tsx";
import { SettingsFrame } from "../settings-frame.tsx";
import { ZoneForm } from "./zone-form.tsx";
import "./academy-settings.css";

/** How often it is asked what was chosen: sums are ready within a minute. */
const AGAIN_MS = 10_000;

/** What holds for the academy as a whole: what each of it does, and what it would be like otherwise. */
export function AcademySettingsPage() {
  const api = useApi();
  const settings = useQuery(
    api.academy.settings.queryOptions(undefined, { staleTime: 0, refetchInterval: AGAIN_MS }),
  );
  return (
    <SettingsFrame part="academy">
      <Loaded query={settings}>
        {(found) => (
          <div className="academy-settings">
            <ZoneSection settings={found} />
            <StartedWith settings={found} />
          </div>
        )}
      </Loaded>
    </SettingsFrame>
  );
}

function ZoneSection({ settings }: { settings: AcademySettings }) {
  const t = useTranslations("officeSettings");
  const { version, changedAt, areReportsReady } = settings;
  return (
    <RecordSection title={t("timeZone")}>
      <p className="academy-settings-words">{t("timeZoneWords")}</p>
      {/* What somebody else chose meanwhile is what is changed next. */}
      <ZoneForm key={version} settings={settings} />
      <Facts
        facts={[
          [
            t("chosen"),
            changedAt === null ? t("chosenNever") : <OfficeInstant instant={changedAt} />,
          ],
          [
            t("reports"),
            <span key="reports" role="status" className="academy-settings-reports">
              <StateBadge tone={areReportsReady ? "good" : "waiting"}>
                {t(areReportsReady ? "reportsReady" : "reportsComputed")}
              </StateBadge>{" "}
              {areReportsReady ? null : t("reportsMeanwhile")}
            </span>,
          ],
        ]}
      />
    </RecordSection>
  );
}

/** What is not chosen here, but by whoever runs the server. */
function StartedWith({ settings: { name, publicUrl } }: { settings: AcademySettings }) {
  const t = useTranslations("officeSettings");
  return (
    <RecordSection title={t("server")}>
      <p className="academy-settings-words">{t("serverWords")}</p>
      <dl className="academy-settings-server">
        <Fixed name={t("name")} value={name} effect={t("nameEffect")} />
        <Fixed
          name={t("publicUrl")}
          value={publicUrl ?? t("publicUrlAsked")}
          effect={t("publicUrlEffect")}
        />
      </dl>
    </RecordSection>
  );
}

function Fixed({ name, value, effect }: { name: string; value: string; effect: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
      <dd className="aside-note">{effect}</dd>
    </div>
  );
}
