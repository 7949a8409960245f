import { type ReactNode, useEffect, useRef } from "react";
import "./failure-notice.css";

/** Tells that something did not work. Takes the focus, for what was pressed may be out of sight. */
export function FailureNotice(props: { title: string; children?: ReactNode }) {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => element.current?.focus(), []);
  return (
    <div ref={element} className="failure-notice" role="alert" tabIndex={-1}>
      <p className="failure-notice-title">{props.title}</p>
      {props.children}
    </div>
  );
}
