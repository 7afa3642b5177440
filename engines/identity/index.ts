// Codes that identify companies: their shape and check characters.
export { creditCodeCheck, isCreditCode } from './credit-code.ts'
