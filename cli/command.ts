// What a command is. A file of this folder that exports `command` is a command: `audit-verify.ts` is `yingzao audit verify`.

export type Text = { readonly zh: string; readonly en: string }

/** The result of a command: one document for scripts (`--json`), its text for people, and the exit code (0 if absent). */
export type Answer = {
  readonly document: unknown
  readonly text: () => string
  readonly exit?: number
}

export type Terminal = {
  /** Progress for people; on stderr, and silent with `--json`. */
  readonly say: (line: string) => void
  /** True with `--json`. Commands need it only to leave out work that merely pleases the eye. */
  readonly json: boolean
}

export type Command = {
  readonly summary: Text
  /** After `yingzao`, one line a form: `backup FILE`. */
  readonly usage: readonly string[]
  /**
   * `args` are the words after the command's name, without `--json`. Throw `usageError(text)` for a wrong call;
   * any other error is printed on stderr with its code and ends with exit code 1.
   * A command that runs until it is stopped (serve) answers nothing.
   */
  readonly run: (args: readonly string[], terminal: Terminal) => Promise<Answer | undefined>
}

export const defineCommand = (command: Command): Command => command

/** The call itself is wrong: prints the text and the usage, exit code 2. */
export const usageError = (text: Text) =>
  Object.assign(new Error(`${text.zh}\n${text.en}`), { code: 'cli.usage', ...text })
