import type { RouterOutputs } from "@lectern/client";
import { useTranslations } from "use-intl";
import { OfficeLink } from "../../../office/office-link.tsx";
import { formatDay, formatLongDay } from "../../../format/dates.ts";
import { countryName } from "../../../format/names.ts";
import { formatTime } from "./formats.ts";
import "./findings.css";

export type Finding = RouterOutputs["runs"]["checkSchedule"]["findings"][number];

/** What stands against a plan, and what should be known of it, in words. */
export function Findings({ findings }: { findings: readonly Finding[] }) {
  const t = useTranslations("officeSchedule");
  const words = useFindingWords();
  if (findings.length === 0) return <p className="findings-free">{t("findingsFree")}</p>;
  return (
    <ul className="findings">
      {findings.map((finding, index) => (
        <li key={index} data-blocking={finding.isBlocking}>
          <strong>{t(finding.isBlocking ? "blocking" : "note")}:</strong> {words(finding)}
          <Other finding={finding} />
        </li>
      ))}
    </ul>
  );
}

/** Leads to the run that is in the way. */
function Other({ finding }: { finding: Finding }) {
  if (!("by" in finding) || finding.by === null) return null;
  const { runId, courseCode, localStart } = finding.by;
  return (
    <>
      {" "}
      <OfficeLink href={`/office/runs/${runId}`}>
        {courseCode}, {formatDay(localStart)}
      </OfficeLink>
    </>
  );
}

function momentOf(local: string): string {
  return `${formatDay(local)}, ${formatTime(local)}`;
}

/** @returns a function that says a finding in words */
function useFindingWords(): (finding: Finding) => string {
  const t = useTranslations("officeSchedule");
  const byOf = (by: { readonly courseTitle: string } | null) => by?.courseTitle ?? t("byOther");
  return (finding) => {
    switch (finding.kind) {
      case "room_taken":
        return t("finding_room_taken", {
          room: finding.room.name,
          at: momentOf(finding.at),
          by: byOf(finding.by),
        });
      case "instructor_taken":
        return t("finding_instructor_taken", {
          instructor: finding.instructor.name,
          at: momentOf(finding.at),
          by: byOf(finding.by),
        });
      case "same_series":
        return t("finding_same_series", {
          at: momentOf(finding.at),
          start: formatDay(finding.start),
        });
      case "room_too_small": {
        const { room, capacity, wanted } = finding;
        return t("finding_room_too_small", { room: room.name, capacity, wanted });
      }
      case "room_elsewhere":
        return t("finding_room_elsewhere", { room: finding.room.name });
      case "venue_missing":
      case "beyond_reach":
      case "course_retired":
        return t(`finding_${finding.kind}`);
      case "pattern":
        return t("finding_pattern", { message: finding.message });
      case "public_holiday":
        return t("finding_public_holiday", {
          at: formatLongDay(finding.at),
          country: countryName(finding.country),
          name: finding.name,
        });
      case "past":
        return t("finding_past", { at: momentOf(finding.at) });
      case "clock_skips":
        return t("finding_clock_skips", {
          at: momentOf(finding.at),
          becomes: formatTime(finding.becomes),
        });
      case "clock_repeats":
        return t("finding_clock_repeats", { at: momentOf(finding.at) });
      case "clock_changes":
        return t("finding_clock_changes", {
          at: formatLongDay(finding.at),
          minutes: Math.abs(finding.minutes),
          direction: finding.minutes < 0 ? "shorter" : "longer",
        });
      case "new_to_course":
        return t("finding_new_to_course", { instructor: finding.instructor.name });
      case "other_city":
        return t("finding_other_city", {
          instructor: finding.instructor.name,
          by: byOf(finding.by),
          city: finding.city,
          at: formatLongDay(finding.at),
        });
    }
  };
}
