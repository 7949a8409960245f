import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useId } from "react";
import { pathHere } from "../language/addresses.ts";
import { Button } from "./button.tsx";
import "./course-search.css";

interface CourseSearchProps {
  readonly label: string;
  readonly hint?: string;
  readonly action: string;
  readonly query?: string;
}

/** The search of the catalogue: a plain form, which goes without reloading where scripts run. */
export function CourseSearch({ label, hint, action, query }: CourseSearchProps) {
  const id = useId();
  const navigate = useNavigate();
  function search(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const words = new FormData(event.currentTarget).get("q");
    const q = typeof words === "string" && words.trim() !== "" ? words.trim() : undefined;
    void navigate({ to: "/courses", search: { q } });
  }
  return (
    <form
      className="course-search"
      role="search"
      action={pathHere("/courses")}
      method="get"
      onSubmit={search}
    >
      <label htmlFor={id}>{label}</label>
      <div className="course-search-row">
        <input
          id={id}
          type="search"
          name="q"
          defaultValue={query}
          placeholder={hint}
          maxLength={200}
          enterKeyHint="search"
          autoComplete="off"
        />
        <Button type="submit" size="large">
          {action}
        </Button>
      </div>
    </form>
  );
}
