/** Tells who reads this language that a page in another one is there in it, too. */
export const offer = {
  words: "This page is there in English, too.",
  go: "Read it in English",
  stay: "No, thank you",
} as const;
