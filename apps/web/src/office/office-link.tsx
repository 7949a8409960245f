import { useRouter } from "@tanstack/react-router";
import type { MouseEvent, ReactNode } from "react";
import { pathIn } from "../language/addresses.ts";
import { language } from "../language/language.ts";

interface OfficeLinkProps {
  /** Path and query of a page of the back office that is only known by then: others are `Link`s. */
  readonly href: string;
  readonly className?: string;
  readonly tabIndex?: number;
  readonly isCurrent?: boolean;
  readonly children: ReactNode;
}

/** A link to an address that a table or an answer gives. */
export function OfficeLink({ href, className, tabIndex, isCurrent, children }: OfficeLinkProps) {
  const router = useRouter();
  function follow(event: MouseEvent): void {
    // Another tab, another window, a download: the browser's.
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) {
      return;
    }
    event.preventDefault();
    void router.navigate({ href });
  }
  return (
    <a
      href={pathIn(language(), href)}
      className={className}
      tabIndex={tabIndex}
      aria-current={isCurrent === true ? "page" : undefined}
      onClick={follow}
    >
      {children}
    </a>
  );
}
