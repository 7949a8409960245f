import { useEffect, useRef, useState } from "react";

/** What a button opens, and whatever happens outside of it closes; Escape closes it, too, and leads back to the button. */
export function useOpened() {
  const [isOpen, setIsOpen] = useState(false);
  const element = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!isOpen) return;
    function closeOutside({ target }: Event): void {
      if (target instanceof Node && element.current?.contains(target) === false) setIsOpen(false);
    }
    function closeByKey({ key }: KeyboardEvent): void {
      if (key !== "Escape") return;
      setIsOpen(false);
      button.current?.focus();
    }
    document.addEventListener("pointerdown", closeOutside);
    document.addEventListener("focusin", closeOutside);
    document.addEventListener("keydown", closeByKey);
    return () => {
      document.removeEventListener("pointerdown", closeOutside);
      document.removeEventListener("focusin", closeOutside);
      document.removeEventListener("keydown", closeByKey);
    };
  }, [isOpen]);
  return { isOpen, setIsOpen, element, button };
}
