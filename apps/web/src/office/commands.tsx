import {
  type ReactNode,
  createContext,
  use,
  useEffect,
  useEffectEvent,
  useState,
  useSyncExternalStore,
} from "react";

/** Something that a page can do, for the command palette. */
export interface Command {
  /** Unique on the page. */
  readonly id: string;
  /** What it does: `Cancel this run`. */
  readonly words: string;
  /** The shortcut that does it as well, to be shown beside it. */
  readonly keys?: string;
  run(): void;
}

/** The commands of what is shown right now. */
class Commands {
  #groups: readonly (readonly Command[])[] = [];
  #all: readonly Command[] = [];
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly all = (): readonly Command[] => this.#all;

  add(group: readonly Command[]): () => void {
    this.#set([...this.#groups, group]);
    return () => this.#set(this.#groups.filter((other) => other !== group));
  }

  #set(groups: readonly (readonly Command[])[]): void {
    this.#groups = groups;
    this.#all = groups.flat();
    for (const listener of this.#listeners) listener();
  }
}

const CommandsContext = createContext<Commands | undefined>(undefined);

function useRegistry(): Commands {
  const commands = use(CommandsContext);
  if (commands === undefined) throw new Error("Commands are used outside of the back office");
  return commands;
}

export function CommandsProvider({ children }: { children: ReactNode }) {
  const [commands] = useState(() => new Commands());
  return <CommandsContext value={commands}>{children}</CommandsContext>;
}

/** @returns the commands of what is shown right now */
export function useAllCommands(): readonly Command[] {
  const commands = useRegistry();
  return useSyncExternalStore(commands.subscribe, commands.all, commands.all);
}

/**
 * Puts what a page can do into the command palette, for as long as what uses this is shown.
 *
 * @param commands may be made anew each time: what counts is what they are called
 */
export function useCommands(commands: readonly Command[]): void {
  const registry = useRegistry();
  const run = useEffectEvent((id: string) => commands.find((command) => command.id === id)?.run());
  const names = JSON.stringify(commands.map(({ id, words, keys }) => ({ id, words, keys })));
  const listed = useEffectEvent(() =>
    commands.map((command) => ({ ...command, run: () => run(command.id) })),
  );
  useEffect(() => registry.add(listed()), [registry, names]);
}
