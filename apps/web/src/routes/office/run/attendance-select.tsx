import type { AttendanceMark } from "@lectern/contract/vocabulary";
import { ATTENDANCE_MARKS } from "@lectern/contract/vocabulary";
import { useTranslations } from "use-intl";
import type { ShownMark } from "./attendance-queue.ts";

interface AttendanceSelectProps {
  /** `Ada Lovelace, session 1`. */
  readonly label: string;
  readonly shown: ShownMark | undefined;
  readonly isOpen: boolean;
  readonly onMark: (mark: AttendanceMark | null) => void;
}

/** Whether somebody was there: to choose, or to read where it can't be marked. */
export function AttendanceSelect({ label, shown, isOpen, onMark }: AttendanceSelectProps) {
  const t = useTranslations("officeRun");
  const mark = shown?.mark ?? null;
  if (!isOpen) return <span className="run-mark">{t(`mark_${mark ?? "none"}`)}</span>;
  return (
    <select
      className="run-mark-select"
      aria-label={label}
      data-mark={mark ?? "none"}
      data-pending={shown?.isPending === true}
      title={
        mark !== null && shown?.markedBy != null
          ? t("markedBy", { mark: t(`mark_${mark}`), name: shown.markedBy })
          : undefined
      }
      value={mark ?? "none"}
      onChange={({ currentTarget: { value } }) =>
        onMark(ATTENDANCE_MARKS.find((one) => one === value) ?? null)
      }
    >
      {(["none", ...ATTENDANCE_MARKS] as const).map((one) => (
        <option key={one} value={one}>
          {t(`mark_${one}`)}
        </option>
      ))}
    </select>
  );
}
