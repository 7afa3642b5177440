// standardChecks(module): what every entity of a module must do, derived from its declaration.
export const standardChecks = (): void => {}
