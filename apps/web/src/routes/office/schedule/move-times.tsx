import { useTranslations } from "use-intl";
import { OfficeTime } from "../../../office/office-time.tsx";
import type { Preview } from "./use-move.ts";
import "./move-times.css";

/** When, where and by whom a run is taught: as it is, and as it would be. */
export function MoveTimes({ preview: { before, after } }: { preview: Preview }) {
  const t = useTranslations("officeSchedule");
  return (
    <dl className="move-times">
      <div>
        <dt>{t("moveFrom")}</dt>
        <dd>
          <Taught taught={before} />
        </dd>
      </div>
      <div>
        <dt>{t("moveTo")}</dt>
        <dd>
          <Taught taught={after} />
        </dd>
      </div>
    </dl>
  );
}

function Taught({ taught }: { taught: Preview["before"] }) {
  const t = useTranslations("officeSchedule");
  const { venue, room, instructors, sessions } = taught;
  return (
    <>
      <OfficeTime when={taught} />
      <span>{t("sessionsShown", { count: sessions.length })}</span>
      <span>
        {[room?.name, venue === null ? t("online") : `${venue.name}, ${venue.city}`]
          .filter(Boolean)
          .join(" · ")}
      </span>
      <span>
        {instructors.length === 0 ? t("nobody") : instructors.map(({ name }) => name).join(", ")}
      </span>
    </>
  );
}
