import type { RouterOutputs } from "@lectern/client";
import { Link } from "@tanstack/react-router";
import { CourseCover } from "../../../covers/course-cover.tsx";
import "./topic-index.css";

/** The topics as a book lists its chapters: name, what it is about, how many courses. */
export function TopicIndex(props: { topics: RouterOutputs["courses"]["topics"]["topics"] }) {
  return (
    <ul className="topic-index">
      {props.topics.map((topic) => (
        <li key={topic.slug} className="topic-index-entry">
          <div className="topic-index-swatch">
            <CourseCover topic={topic.slug} seed={topic.slug} />
          </div>
          <h3 className="topic-index-name">
            <Link to="/courses" search={{ topic: [topic.slug] }}>
              {topic.name}
            </Link>
          </h3>
          <p className="topic-index-words">{topic.description}</p>
          <p className="topic-index-count figures">{topic.publishedCourses}</p>
        </li>
      ))}
    </ul>
  );
}
