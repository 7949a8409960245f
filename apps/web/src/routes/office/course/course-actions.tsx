import type { CourseForEditing } from "@lectern/contract/course-editing";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Button, LinkButton } from "../../../components/button.tsx";
import { useCommands } from "../../../office/commands.tsx";
import { useMay } from "../../../office/office-me.ts";
import { type CourseMove, MoveDialog } from "./move-dialog.tsx";

/** What can become of a course in each state, the main thing first, and what it takes. */
const MOVES: Readonly<Record<CourseForEditing["status"], readonly CourseMove[]>> = {
  draft: ["publish", "submit"],
  in_review: ["publish", "sendBack"],
  published: ["retire"],
  retired: ["publish"],
};

const NEEDS = {
  submit: "courses.write",
  sendBack: "courses.publish",
  publish: "courses.publish",
  retire: "courses.publish",
} as const satisfies Record<CourseMove, string>;

interface CourseActionsProps {
  readonly course: CourseForEditing;
  readonly isDirty: boolean;
  readonly save: () => Promise<number | undefined>;
}

/** What can be done with a course as a whole, by whoever may. */
export function CourseActions({ course, isDirty, save }: CourseActionsProps) {
  const t = useTranslations("officeCourses");
  const may = useMay();
  const [move, setMove] = useState<CourseMove>();
  const moves = MOVES[course.status].filter((one) => may(NEEDS[one]));
  useCommands(
    moves.map((one) => ({ id: `course-${one}`, words: t(`do_${one}`), run: () => setMove(one) })),
  );
  return (
    <>
      {course.status === "published" ? (
        <LinkButton
          to="/courses/$slug"
          params={{ slug: course.slug }}
          variant="outline"
          size="small"
        >
          {t("viewPage")}
        </LinkButton>
      ) : null}
      {moves.toReversed().map((one) => (
        <Button
          key={one}
          size="small"
          variant={one === "publish" ? "filled" : "outline"}
          onClick={() => setMove(one)}
        >
          {t(`do_${one}`)}
        </Button>
      ))}
      {move === undefined ? null : (
        <MoveDialog
          course={course}
          move={move}
          isDirty={isDirty}
          save={save}
          onClose={() => setMove(undefined)}
        />
      )}
    </>
  );
}
