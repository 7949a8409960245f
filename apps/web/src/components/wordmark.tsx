import "./wordmark.css";

/** The sign and the name. Its text is read out by what it stands in. */
export function Wordmark() {
  return (
    <span className="wordmark" aria-hidden="true">
      <svg viewBox="0 0 24 24" className="wordmark-sign" focusable="false">
        <path d="M2.5 8.6 20.4 3l1.1 3.4L3.6 12z" fill="var(--accent)" />
        <path d="M10.7 11.2h2.6V19h5v2.4H5.7V19h5z" fill="currentColor" />
      </svg>
      Lectern
    </span>
  );
}
