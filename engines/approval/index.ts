// The approval engine's door: block-tree flows, tokens, votes, returns. Pure; people and conditions are handed in.
export { act, isEscalated, start, takeableOf } from './act.ts'
export { bandOf, inBand } from './band.ts'
export { checkFlow, type FlowProblem } from './check.ts'
export {
  type Block,
  blockAt,
  type Case,
  type Choice,
  type Copy,
  child,
  childrenOf,
  conditionsOf,
  copiesOf,
  escalationPath,
  type FieldRule,
  type Flow,
  type Mode,
  type Parallel,
  parentOf,
  pathOf,
  type Sequence,
  type Step,
  stepsOf,
  type Timeout,
  type Who,
} from './definition.ts'
export { type Foreseen, forecast, returnable } from './forecast.ts'
export { type Progress, progressOf } from './progress.ts'
export {
  type Act,
  type Action,
  type Answer,
  type Effect,
  type Group,
  keyOf,
  type Query,
  type Refused,
  type State,
  type Task,
  type TaskState,
  type Token,
  type TrailItem,
  type World,
} from './state.ts'
export { superiors, type Units } from './superior.ts'
export { needed } from './vote.ts'
