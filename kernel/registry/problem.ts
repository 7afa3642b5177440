// What is wrong with the declarations, all at once: a boot that fails says every reason, with the files.

export interface Problem {
  readonly file: string
  readonly message: string
}

export class RegistryError extends Error {
  readonly problems: readonly Problem[]
  constructor(problems: readonly Problem[]) {
    super(
      `The declarations do not fit together:\n${problems.map(each => `  ${each.file}: ${each.message}`).join('\n')}`,
    )
    this.name = 'RegistryError'
    this.problems = problems
  }
}
