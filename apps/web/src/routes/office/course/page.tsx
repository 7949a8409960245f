import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Loaded } from "../../../account/loaded.tsx";
import { useApi } from "../../../data/api.ts";
import { CourseEditor } from "./course-editor.tsx";

const route = getRouteApi("/office/courses/$id");

export function OfficeCoursePage() {
  const { id } = route.useParams();
  const course = useQuery(useApi().courses.forEditing.queryOptions({ id }));
  return <Loaded query={course}>{(found) => <CourseEditor key={id} course={found} />}</Loaded>;
}
