import { MantineProvider } from "@mantine/core";
import type { ComponentProps } from "react";
import { theme } from "./theme.ts";
import "./mantine.css";
import "./form.css";

function nowhere(): undefined {
  return undefined;
}

/**
 * A form whose fields come from the component library, which comes with the first form: pages that are
 * only read do without it. Light and dark are the document's business, and its style sheets are files.
 */
export function Form(props: ComponentProps<"form">) {
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      getRootElement={nowhere}
      withCssVariables={false}
      withGlobalClasses={false}
    >
      <form {...props} className="form" />
    </MantineProvider>
  );
}
