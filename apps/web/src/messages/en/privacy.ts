/** Of the page about privacy: its head, and the question that stands on every page. */
export const privacy = {
  title: "Privacy and cookies",
  description: "What this site keeps about you, where, for how long, and how to change it.",
  noticeTitle: "Remember the courses you look at?",
  noticeWords: "On this device alone, to show them to you again. Nothing else here is optional.",
  noticeYes: "Yes, remember",
  noticeNo: "No, thank you",
  noticeMore: "Privacy and cookies",
} as const;
