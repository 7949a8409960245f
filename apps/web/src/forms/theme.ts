import { createTheme } from "@mantine/core";

/** The component library in this design. What its style sheets refer to is in `mantine.css`. */
export const theme = createTheme({
  fontFamily: "var(--sans)",
  headings: { fontFamily: "var(--serif)" },
  defaultRadius: "var(--radius)",
  focusRing: "never",
  cursorType: "pointer",
  respectReducedMotion: true,
});
