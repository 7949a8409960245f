import type { ReactNode } from "react";
import "./facet-group.css";
import "./filter-section.css";

interface FilterSectionProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly children: ReactNode;
}

/** Fields of a filter that is no list of choices. */
export function FilterSection({ title, isOpen, children }: FilterSectionProps) {
  return (
    <details className="facet-group" open={isOpen}>
      <summary className="facet-group-title">{title}</summary>
      <fieldset className="filter-section">
        <legend className="visually-hidden">{title}</legend>
        {children}
      </fieldset>
    </details>
  );
}
