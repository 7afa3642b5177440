// TEST: the real application for tests of modules, and the checks every module passes.
export type { At, Person, Prepared, TestApp, TestOptions } from './app.ts'
export { testApp } from './app.ts'
export { type CheckOptions, standardChecks } from './checks.ts'
export { testDatabase } from './database.ts'
