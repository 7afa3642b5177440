// Linear works: chainage with broken chains, lines in time and place, conflicts, coverage and the standing at a day. Pure.
export * from './chainage.ts'
export * from './conflict.ts'
export * from './coverage.ts'
export * from './standing.ts'
export * from './work.ts'
