import type { Choice, Choices } from "@lectern/contract/registrations";

/** A question to one registration that is open or was answered. */
export type Question = Choices["choices"][number];

/** What is chosen on the page: one of the choices, with the date where it is another one. */
export type Chosen =
  | { readonly choice: Exclude<Choice, "another_date"> }
  | { readonly choice: "another_date"; readonly toRunId: string };

/** @returns the questions that wait for an answer */
export function openQuestions(choices: readonly Question[]): Question[] {
  return choices.filter(({ state, options }) => state === "open" && options.length > 0);
}

/** @returns what all of these registrations can choose */
export function commonOptions(questions: readonly Question[]): Choice[] {
  const [first, ...others] = questions;
  if (first === undefined) return [];
  return first.options.filter((option) => others.every(({ options }) => options.includes(option)));
}

/** How a choice stands in a radio button. */
export function valueOf(chosen: Chosen): string {
  return chosen.choice === "another_date" ? chosen.toRunId : chosen.choice;
}

/** @returns the answers as the contract wants them; `undefined` while one is missing */
export function answersOf(
  questions: readonly Question[],
  chosen: (question: Question) => Chosen | undefined,
) {
  const answers = [];
  for (const question of questions) {
    const answer = chosen(question);
    if (answer === undefined) return undefined;
    answers.push({ registrationId: question.registrationId, choiceId: question.id, ...answer });
  }
  return answers;
}
