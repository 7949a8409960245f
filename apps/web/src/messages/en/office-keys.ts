/** Keys, in the settings of the back office. */
export const officeKeys = {
  keys: "Keys",
  words:
    "Personal fields, such as telephone numbers and addresses, are encrypted before they reach the database. The newest key encrypts; the older ones still decrypt what they encrypted.",
  keyName: "Key {id}",
  active: "Encrypts",
  older: "Decrypts",
  empty: "Not used any more",
  values: "{count, plural, one {# value} other {# values}}",
  made: "Made",
  plain:
    "{count, plural, one {# value of an earlier release is not encrypted yet: the next change of keys does it.} other {# values of an earlier release are not encrypted yet: the next change of keys does it.}}",
  noneLost: "Every value can be decrypted.",
  lost: "{count, plural, one {{values} value can’t be decrypted: its key is gone, or it is damaged.} other {{values} values can’t be decrypted: their key is gone, or they are damaged.}}",
  countAgain: "Count again",
  rotate: "Change the key",
  rotateTitle: "Change the key?",
  rotateWords:
    "A new key is made, and {count, plural, =0 {nothing is there to encrypt with it yet} one {# value is encrypted anew with it} other {# values are encrypted anew with it}}. That goes on by itself while people work, and is followed here. The old key stays until nothing needs it.",
  rotateWhen:
    "Once a year is usual, and at once when a key may have become known. You are asked to show that it is you.",
  rotateDo: "Make a new key",
  rotationBegun: "Key {id} is made, and values are being encrypted with it.",
  rotation: "Latest change of keys",
  rotationDone: "Done",
  rotationUnderWay: "Under way",
  rewritten:
    "{count, plural, one {# value is encrypted with key {id}.} other {# values are encrypted with key {id}.}}",
  startedAt: "Begun",
  doneAt: "Done",
  notDone: "Not yet",
  unreadable: "Could not be read",
  unreadableNone: "None",
  keep: "Cancel",
} as const;
