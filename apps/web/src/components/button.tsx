import { type LinkComponent, createLink } from "@tanstack/react-router";
import type { ComponentProps, ReactNode } from "react";
import "./button.css";

interface Look {
  /** The one thing to do here is `filled`; everything else `outline`. */
  readonly variant?: "filled" | "outline" | undefined;
  readonly size?: "small" | "medium" | "large" | undefined;
}

function classOf({ variant = "filled", size = "medium" }: Look): string {
  return `button button-${variant} button-${size}`;
}

interface ButtonProps extends Look {
  readonly type?: "button" | "submit";
  /** At work: stays where it is and keeps the focus, but does nothing. */
  readonly isBusy?: boolean;
  readonly isDisabled?: boolean;
  readonly onClick?: () => void;
  readonly children: ReactNode;
}

/** Does something. What leads somewhere is a `LinkButton`. */
export function Button(props: ButtonProps) {
  const { type = "button", isBusy = false, isDisabled = false, onClick } = props;
  return (
    <button
      className={classOf(props)}
      type={type}
      disabled={isDisabled}
      aria-disabled={isBusy || undefined}
      onClick={(event) => {
        if (isBusy) event.preventDefault();
        else onClick?.();
      }}
    >
      {props.children}
    </button>
  );
}

type AnchorProps = Look & ComponentProps<"a">;

function Anchor({ variant, size, children, ...anchor }: AnchorProps) {
  return (
    <a {...anchor} className={classOf({ variant, size })}>
      {children}
    </a>
  );
}

/** A link that looks like a button. */
export const LinkButton: LinkComponent<typeof Anchor> = createLink(Anchor);
