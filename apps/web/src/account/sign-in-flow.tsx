import type { SignInAnswer } from "@lectern/contract/accounts";
import { type ReactNode, useState } from "react";
import { SecondStep } from "./second-step.tsx";
import { useEnter } from "./use-enter.ts";

type SecondFactorStep = Extract<SignInAnswer, { state: "second_factor" }>;

interface SignInFlowProps {
  /** Where to go on: a page of this site. */
  readonly next: string;
  /** What is done first as who has just signed in. */
  readonly before?: () => Promise<unknown>;
  /** @param onAnswer takes what the server answers to who shows who they are */
  readonly children: (onAnswer: (answer: SignInAnswer) => Promise<void>) => ReactNode;
}

/** A page that signs somebody in: asks for the second factor where there is one, and goes on. */
export function SignInFlow({ next, before, children }: SignInFlowProps) {
  const [step, setStep] = useState<SecondFactorStep>();
  const enter = useEnter();
  async function goOn(): Promise<void> {
    await before?.();
    await enter(next);
  }
  if (step !== undefined) {
    return <SecondStep step={step} onDone={goOn} onAgain={() => setStep(undefined)} />;
  }
  return children(async (answer) => {
    if (answer.state === "signed_in") await goOn();
    else setStep(answer);
  });
}
