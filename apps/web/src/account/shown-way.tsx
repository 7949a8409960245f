import { type ReactNode, useEffect, useRef } from "react";

interface ShownWayProps {
  /** What is shown: with another one, the focus goes to its field. */
  readonly of: string;
  /** Whether it goes there at once, as in a dialog. */
  readonly isFirst?: boolean;
  readonly children: ReactNode;
}

/** One of several ways, whose field takes the focus from what chose it. */
export function ShownWay({ of, isFirst = false, children }: ShownWayProps) {
  const element = useRef<HTMLDivElement>(null);
  const last = useRef(isFirst ? undefined : of);
  useEffect(() => {
    if (last.current === of) return;
    last.current = of;
    element.current?.querySelector<HTMLElement>("input:not([hidden]), button")?.focus();
  }, [of]);
  return <div ref={element}>{children}</div>;
}
