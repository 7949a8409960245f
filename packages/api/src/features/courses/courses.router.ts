import {
  CourseForEditing,
  CourseForEditingInput,
  CourseRestoreInput,
  CourseSendBackInput,
  CourseVersionDetail,
  CourseVersionInput,
  CourseVersionsInput,
  CourseVersionsOutput,
  CoursesForEditingInput,
  CoursesForEditingOutput,
} from "@lectern/contract/course-editing";
import {
  CourseBySlugInput,
  CourseChanged,
  CourseCreateInput,
  CourseDetail,
  CourseExportInput,
  CourseExportOutput,
  CourseImportInput,
  CourseMoveInput,
  CourseUpdateInput,
  CoursesFacetsInput,
  CoursesFacetsOutput,
  CoursesListInput,
  CoursesListOutput,
  ImportOutput,
  TopicsListOutput,
} from "@lectern/contract/courses";
import { mayFail } from "../../trpc/errors.ts";
import { router } from "../../trpc/init.ts";
import { callOf, publicProcedure, staffProcedure } from "../../trpc/procedures.ts";
import { createCourse } from "./create-course.ts";
import { exportCourses } from "./export-courses.ts";
import { facetCourses } from "./facet-courses.ts";
import { findCourseBySlug } from "./find-course-by-slug.ts";
import { findCourseForEditing } from "./find-course-for-editing.ts";
import { findCourseVersion } from "./find-course-version.ts";
import { importCourses } from "./import-courses.ts";
import { listCourses } from "./list-courses.ts";
import { listCourseVersions } from "./list-course-versions.ts";
import { listCoursesForEditing } from "./list-courses-for-editing.ts";
import { listTopics } from "./list-topics.ts";
import { publishCourse } from "./publish-course.ts";
import { restoreCourse } from "./restore-course.ts";
import { retireCourse } from "./retire-course.ts";
import { sendCourseBack } from "./send-course-back.ts";
import { submitCourse } from "./submit-course.ts";
import { updateCourse } from "./update-course.ts";

export const coursesRouter = router({
  /** The catalogue: published courses, searched and narrowed, a page at a time. */
  list: publicProcedure
    .input(CoursesListInput)
    .output(CoursesListOutput)
    .query((opts) => listCourses(opts.ctx.db, callOf(opts), opts.input)),

  /** How many courses each further choice of a filter would leave. */
  facets: publicProcedure
    .input(CoursesFacetsInput)
    .output(CoursesFacetsOutput)
    .query((opts) => facetCourses(opts.ctx.db, callOf(opts), opts.input)),

  topics: publicProcedure
    .output(TopicsListOutput)
    .query((opts) => listTopics(opts.ctx.db, callOf(opts))),

  /** One published course with its upcoming runs, related courses and syllabus. */
  bySlug: publicProcedure
    .errors(mayFail("NotFound"))
    .input(CourseBySlugInput)
    .output(CourseDetail)
    .query((opts) => findCourseBySlug(opts.ctx.db, callOf(opts), opts.input)),

  /** Courses in every state, for who writes and publishes them. */
  listForEditing: staffProcedure("courses.read")
    .input(CoursesForEditingInput)
    .output(CoursesForEditingOutput)
    .query((opts) => listCoursesForEditing(opts.ctx.db, callOf(opts), opts.input)),

  /** One course whole, in whatever state, with its translations and what it lacks. */
  forEditing: staffProcedure("courses.read")
    .errors(mayFail("NotFound"))
    .input(CourseForEditingInput)
    .output(CourseForEditing)
    .query((opts) => findCourseForEditing(opts.ctx.db, callOf(opts), opts.input)),

  /** The versions of a course, the latest first: who saved what and why. */
  versions: staffProcedure("courses.read")
    .errors(mayFail("NotFound"))
    .input(CourseVersionsInput)
    .output(CourseVersionsOutput)
    .query((opts) => listCourseVersions(opts.ctx.db, callOf(opts), opts.input)),

  /** One version, with all that it said. */
  version: staffProcedure("courses.read")
    .errors(mayFail("NotFound"))
    .input(CourseVersionInput)
    .output(CourseVersionDetail)
    .query((opts) => findCourseVersion(opts.ctx.db, callOf(opts), opts.input)),

  create: staffProcedure("courses.write")
    .errors(mayFail("NotFound", "Conflict", "IdempotencyMismatch"))
    .input(CourseCreateInput)
    .output(CourseChanged)
    .mutation((opts) => createCourse(opts.ctx.db, callOf(opts), opts.input)),

  update: staffProcedure("courses.write")
    .errors(mayFail("NotFound", "Conflict", "IdempotencyMismatch"))
    .input(CourseUpdateInput)
    .output(CourseChanged)
    .mutation((opts) => updateCourse(opts.ctx.db, callOf(opts), opts.input)),

  /** Brings back what a version said. */
  restore: staffProcedure("courses.write")
    .errors(mayFail("NotFound", "Conflict", "IdempotencyMismatch"))
    .input(CourseRestoreInput)
    .output(CourseChanged)
    .mutation((opts) => restoreCourse(opts.ctx.db, callOf(opts), opts.input)),

  /** Gives a draft to who publishes. */
  submit: staffProcedure("courses.write")
    .errors(mayFail("NotFound", "Conflict", "IdempotencyMismatch"))
    .input(CourseMoveInput)
    .output(CourseChanged)
    .mutation((opts) => submitCourse(opts.ctx.db, callOf(opts), opts.input)),

  /** Makes a draft again of a course in review, with the reason. */
  sendBack: staffProcedure("courses.publish")
    .errors(mayFail("NotFound", "Conflict", "IdempotencyMismatch"))
    .input(CourseSendBackInput)
    .output(CourseChanged)
    .mutation((opts) => sendCourseBack(opts.ctx.db, callOf(opts), opts.input)),

  publish: staffProcedure("courses.publish")
    .errors(mayFail("NotFound", "Conflict", "IdempotencyMismatch"))
    .input(CourseMoveInput)
    .output(CourseChanged)
    .mutation((opts) => publishCourse(opts.ctx.db, callOf(opts), opts.input)),

  retire: staffProcedure("courses.publish")
    .errors(mayFail("NotFound", "Conflict", "IdempotencyMismatch"))
    .input(CourseMoveInput)
    .output(CourseChanged)
    .mutation((opts) => retireCourse(opts.ctx.db, callOf(opts), opts.input)),

  /** Takes in a batch of records; each is taken whole or refused with its reasons. */
  import: staffProcedure("catalogue.import")
    .input(CourseImportInput)
    .output(ImportOutput)
    .mutation((opts) => importCourses(opts.ctx.db, callOf(opts), opts.input)),

  /** All courses as records, in a stable order, a page at a time. */
  export: staffProcedure("catalogue.export")
    .input(CourseExportInput)
    .output(CourseExportOutput)
    .query((opts) => exportCourses(opts.ctx.db, callOf(opts), opts.input)),
});
