import type { CourseForEditing, CourseVersionSummary } from "@lectern/contract/course-editing";
import { newIdempotencyKey } from "@lectern/client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { CallFailure } from "../../../account/call-failure.tsx";
import { Loaded } from "../../../account/loaded.tsx";
import { useCall } from "../../../account/use-call.ts";
import { Button } from "../../../components/button.tsx";
import { useApi } from "../../../data/api.ts";
import { Dialog, DialogActions } from "../../../dialog/dialog.tsx";
import { DiffView } from "../../../editing/diff-view.tsx";
import { RecordSection } from "../../../office/record-page.tsx";
import { useUndo } from "../../../office/undo.tsx";
import { compareSnapshots, languageOfKey, snapshotOf } from "./course-text.ts";
import { useFieldNames } from "./use-field-names.ts";
import "./version-detail.css";

interface VersionDetailProps {
  readonly course: CourseForEditing;
  readonly version: CourseVersionSummary;
  /** The version that was kept before it, if there is one. */
  readonly before: number | undefined;
  readonly isDirty: boolean;
  readonly isReadOnly: boolean;
}

/** What a version said, compared with the one before it or with what is saved now. */
export function VersionDetail(props: VersionDetailProps) {
  const { course, version, before, isDirty, isReadOnly } = props;
  const t = useTranslations("officeCourses");
  const isNow = version.version === course.version;
  const [isWithNow, setIsWithNow] = useState(before === undefined && !isNow);
  const [isAsking, setIsAsking] = useState(false);
  return (
    <RecordSection
      title={t("versionTitle", { version: version.version })}
      actions={
        isNow || isReadOnly ? null : (
          <Button size="small" isDisabled={isDirty} onClick={() => setIsAsking(true)}>
            {t("restore")}
          </Button>
        )
      }
    >
      {isDirty && !isNow && !isReadOnly ? <p className="aside-note">{t("restoreDirty")}</p> : null}
      <fieldset className="version-detail-with">
        <legend>{t("compare")}</legend>
        <label>
          <input
            type="radio"
            name="compared"
            disabled={before === undefined}
            checked={!isWithNow}
            onChange={() => setIsWithNow(false)}
          />
          {t("compareBefore")}
        </label>
        <label>
          <input
            type="radio"
            name="compared"
            disabled={isNow}
            checked={isWithNow}
            onChange={() => setIsWithNow(true)}
          />
          {t("compareNow")}
        </label>
      </fieldset>
      <Compared course={course} version={version.version} before={isWithNow ? "now" : before} />
      {isAsking ? (
        <RestoreDialog
          course={course}
          version={version.version}
          onClose={() => setIsAsking(false)}
        />
      ) : null}
    </RecordSection>
  );
}

interface ComparedProps {
  readonly course: CourseForEditing;
  readonly version: number;
  readonly before: number | "now" | undefined;
}

/** With what is saved now, that is what came after it; with a version before, the other way round. */
function Compared({ course, version, before }: ComparedProps) {
  const api = useApi();
  const { id } = course;
  const shown = useQuery(api.courses.version.queryOptions({ id, version }));
  const other = useQuery(
    api.courses.version.queryOptions(
      { id, version: typeof before === "number" ? before : version },
      { enabled: typeof before === "number" },
    ),
  );
  return (
    <Loaded query={shown}>
      {({ snapshot }) => {
        if (before === undefined) return <First />;
        if (before === "now") {
          return <Differences differences={compareSnapshots(snapshot, snapshotOf(course))} />;
        }
        return (
          <Loaded query={other}>
            {(earlier) => (
              <Differences differences={compareSnapshots(earlier.snapshot, snapshot)} />
            )}
          </Loaded>
        );
      }}
    </Loaded>
  );
}

function First() {
  const t = useTranslations("officeCourses");
  return <p className="aside-note">{t("versionFirst")}</p>;
}

function Differences({ differences }: { differences: ReturnType<typeof compareSnapshots> }) {
  const t = useTranslations("officeCourses");
  const nameOf = useFieldNames();
  if (differences.length === 0) return <p className="aside-note">{t("versionsSame")}</p>;
  return (
    <>
      {differences.map(({ key, before, after }) => {
        const lang = languageOfKey(key);
        return (
          <section key={key} className="version-detail-field" aria-label={nameOf(key)}>
            <h3>{nameOf(key)}</h3>
            <DiffView before={before} after={after} {...(lang !== undefined && { lang })} />
          </section>
        );
      })}
    </>
  );
}

interface RestoreDialogProps {
  readonly course: CourseForEditing;
  readonly version: number;
  readonly onClose: () => void;
}

function RestoreDialog({ course, version, onClose }: RestoreDialogProps) {
  const t = useTranslations("officeCourses");
  const api = useApi();
  const queryClient = useQueryClient();
  const undo = useUndo();
  const [key] = useState(newIdempotencyKey);
  const call = useCall(api.courses.restore.mutationOptions());
  const refresh = () => queryClient.invalidateQueries(api.courses.pathFilter());
  async function restore(close: () => void): Promise<void> {
    const { id } = course;
    await call
      .mutateAsync({ id, version: course.version, restored: version, idempotencyKey: key })
      .then(
        async (restored) => {
          await refresh();
          close();
          undo.done({
            words: t("restoredDone", { version }),
            undo: async () => {
              await call.mutateAsync({
                id,
                version: restored.version,
                restored: course.version,
                idempotencyKey: newIdempotencyKey(),
              });
              await refresh();
            },
          });
        },
        () => {
          // Said in the dialog.
        },
      );
  }
  return (
    <Dialog title={t("restoreAsk", { version })} onClose={onClose}>
      {(close) => (
        <>
          <p>{t("restoreMeans")}</p>
          <CallFailure call={call} />
          <DialogActions>
            <Button variant="outline" onClick={close}>
              {t("notNow")}
            </Button>
            <Button isBusy={call.isPending} onClick={() => void restore(close)}>
              {t("restore")}
            </Button>
          </DialogActions>
        </>
      )}
    </Dialog>
  );
}
