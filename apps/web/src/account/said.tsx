/** What has just happened, for who listens as well; takes no room while there is nothing to say. */
export function Said({ children }: { children: string }) {
  return (
    <p role="status" className={children === "" ? "visually-hidden" : "aside-note"}>
      {children}
    </p>
  );
}
