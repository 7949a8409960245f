import { type RefObject, useEffect, useRef } from "react";

/**
 * Takes the focus when something new stands where the visitor pressed something that is gone.
 *
 * @param key what the content is about: a change moves the focus there
 * @param isFirst whether the focus goes there at once; not where a page begins with it
 * @returns the reference for the element, which may need `tabIndex={-1}`
 */
export function useFocusOnChange<Target extends HTMLElement>(
  key: unknown,
  isFirst = false,
): RefObject<Target | null> {
  const element = useRef<Target>(null);
  const last = useRef(isFirst ? undefined : { key });
  useEffect(() => {
    if (last.current?.key === key) return;
    last.current = { key };
    element.current?.focus();
  }, [key]);
  return element;
}
