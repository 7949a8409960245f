import type { CourseForEditing, CourseVersionSummary } from "@lectern/contract/course-editing";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Loaded } from "../../../account/loaded.tsx";
import { Button } from "../../../components/button.tsx";
import { useApi } from "../../../data/api.ts";
import { useSavedBy } from "../../../editing/use-saved-by.ts";
import { formatInstant } from "../../../format/dates.ts";
import { formatList } from "../../../format/names.ts";
import { useFieldNames } from "./use-field-names.ts";
import { VersionDetail } from "./version-detail.tsx";
import "./versions-part.css";

interface VersionsPartProps {
  readonly course: CourseForEditing;
  readonly isDirty: boolean;
  readonly isReadOnly: boolean;
}

const PAGE = 20;

/** All that was saved of a course: who, when and why, what it said, and what changed. */
export function VersionsPart({ course, isDirty, isReadOnly }: VersionsPartProps) {
  const t = useTranslations("officeCourses");
  const api = useApi();
  const [chosen, setChosen] = useState<number>();
  const list = useInfiniteQuery(
    api.courses.versions.infiniteQueryOptions(
      { id: course.id, limit: PAGE },
      { getNextPageParam: ({ nextCursor }) => nextCursor, placeholderData: keepPreviousData },
    ),
  );
  return (
    <Loaded query={list}>
      {({ pages }) => {
        const versions = pages.flatMap(({ items }) => items);
        const position = versions.findIndex(({ version }) => version === chosen);
        const shown = versions[position];
        if (versions.length === 0) return <p className="aside-note">{t("versionsNone")}</p>;
        return (
          <div className="versions-part" data-open={shown !== undefined}>
            <div>
              <ol className="versions-part-list" aria-label={t("part_versions")}>
                {versions.map((one) => (
                  <li key={one.version}>
                    <Version
                      version={one}
                      isChosen={one === shown}
                      isNow={one.version === course.version}
                      onChoose={() => setChosen(one === shown ? undefined : one.version)}
                    />
                  </li>
                ))}
              </ol>
              {list.hasNextPage ? (
                <p>
                  <Button
                    variant="outline"
                    size="small"
                    isBusy={list.isFetchingNextPage}
                    onClick={() => void list.fetchNextPage()}
                  >
                    {t("versionsMore")}
                  </Button>
                </p>
              ) : null}
            </div>
            {shown === undefined ? null : (
              <VersionDetail
                key={shown.version}
                course={course}
                version={shown}
                before={versions[position + 1]?.version}
                isDirty={isDirty}
                isReadOnly={isReadOnly}
              />
            )}
          </div>
        );
      }}
    </Loaded>
  );
}

interface VersionProps {
  readonly version: CourseVersionSummary;
  readonly isChosen: boolean;
  /** Whether it is what is saved now. */
  readonly isNow: boolean;
  readonly onChoose: () => void;
}

function Version({ version, isChosen, isNow, onChoose }: VersionProps) {
  const t = useTranslations("officeCourses");
  const savedBy = useSavedBy();
  const nameOf = useFieldNames();
  const { action, note, changed } = version;
  return (
    <button type="button" className="versions-part-one" aria-expanded={isChosen} onClick={onChoose}>
      <span className="versions-part-what">
        {action === "restore" ? t("restored", { version: note }) : t(`action_${action}`)}
        {isNow ? <span className="versions-part-now">{t("versionNow")}</span> : null}
      </span>
      <span className="versions-part-who">
        {t("versionBy", {
          version: version.version,
          who: savedBy(version.savedBy),
          when: formatInstant(version.savedAt),
        })}
      </span>
      {changed.length === 0 ? null : (
        <span className="versions-part-who">{formatList(changed.map(nameOf))}</span>
      )}
      {note === "" || action === "restore" ? null : <span>“{note}”</span>}
    </button>
  );
}
