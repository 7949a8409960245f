/** Privacy, in the settings of the back office. */
export const officePrivacy = {
  requests: "Requests",
  requestsWords:
    "Copies and erasures that people asked for themselves, which are done without anybody’s help, and erasures by staff. An erasure waits two weeks, in which it can be withdrawn.",
  person: "Person",
  kind: "Kind",
  kind_export: "Copy of their data",
  kind_erasure: "Erasure",
  state: "State",
  state_waiting: "Waiting",
  state_done: "Done",
  state_failed: "Failed",
  state_withdrawn: "Withdrawn",
  asked: "Asked",
  due: "Due or done",
  noneTitle: "No request is like that",
  noneWords: "Take a filter away. People ask on the page of their account.",
  retention: "How long data is kept",
  retentionWords: "Each night, what is older is erased.",
  days: "{count, plural, =0 {As soon as} one {# day after} other {# days after}}",
  never: "Not seen to yet.",
  last: "{count, plural, =0 {Nothing was due} one {# row was erased} other {# rows were erased}} the last time:",
} as const;
