// Microsoft Project Exchange (MPX): reading.
export { mpxEncoding, mpxSteps } from './read.ts'
