/** How far a loader has come, for whoever shows it to people. */
export interface Progress {
  /** What is being loaded, in the domain's words. */
  readonly step: string;
  readonly done: number;
  readonly total: number;
}

export type OnProgress = (progress: Progress) => void;
