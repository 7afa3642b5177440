// DECLARE: the door for *.entity.ts and module.ts. Pure: runs on the server, in the browser and in tests.
export * from './access.ts'
export * from './api.ts'
export * from './entity.ts'
export * from './field.ts'
export * from './ledger.ts'
export * from './module.ts'
export * from './value.ts'
export * from './view.ts'
