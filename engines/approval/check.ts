// What must be right in a definition before it may run: names, people, branches, and no automatism where money moves.
import { type Block, childrenOf, type Flow, type Step, stepsOf } from './definition.ts'

export interface FlowProblem {
  /** The step concerned, or null for the flow. */
  readonly step: string | null
  readonly code:
    | 'no_step'
    | 'name'
    | 'name_twice'
    | 'percent'
    | 'hours'
    | 'no_people'
    | 'no_case'
    | 'one_branch'
    | 'auto'
    | 'too_large'
}

/** Steps of one flow; more are a mistake. */
const most = 500

/** `money`: the document moves money, so that nothing may be passed or decided by itself. */
export function checkFlow(flow: Flow, money: boolean): FlowProblem[] {
  const problems: FlowProblem[] = []
  const steps = [...stepsOf(flow.root), ...(flow.escalation ? [flow.escalation] : [])]
  // Where money moves, no way leads around everybody.
  if (money ? !asksSomebody(flow.root) : stepsOf(flow.root).length === 0) problems.push({ step: null, code: 'no_step' })
  if (steps.length > most) problems.push({ step: null, code: 'too_large' })
  const seen = new Set<string>()
  const named = (name: string) => {
    if (!/^[a-z][a-z0-9_]*$/.test(name)) problems.push({ step: name, code: 'name' })
    if (seen.has(name)) problems.push({ step: name, code: 'name_twice' })
    seen.add(name)
  }
  const visit = (block: Block): void => {
    if (block.is === 'step' || block.is === 'copy') {
      named(block.name)
      if ('users' in block.who && block.who.users.length === 0) problems.push({ step: block.name, code: 'no_people' })
    }
    if (block.is === 'step') checkStep(block, money, problems)
    if (block.is === 'choice' && block.cases.length === 0) problems.push({ step: null, code: 'no_case' })
    if (block.is === 'parallel' && block.of.length < 2) problems.push({ step: null, code: 'one_branch' })
    for (const each of childrenOf(block)) visit(each)
  }
  visit(flow.root)
  if (flow.escalation) visit(flow.escalation)
  return problems
}

/** Is somebody asked whichever way is taken? */
function asksSomebody(block: Block): boolean {
  if (block.is === 'step') return true
  const within = childrenOf(block)
  return block.is === 'choice' ? within.every(asksSomebody) : within.some(asksSomebody)
}

function checkStep(step: Step, money: boolean, problems: FlowProblem[]): void {
  const say = (code: FlowProblem['code']) => problems.push({ step: step.name, code })
  const { percent, timeout, empty, sign } = step
  if (percent !== undefined && !(Number.isInteger(percent) && percent >= 1 && percent <= 100)) say('percent')
  if (timeout && !(timeout.hours > 0 && timeout.hours <= 2000)) say('hours')
  // A clock signs nothing.
  if (sign && timeout?.next === 'approve') say('auto')
  if (money && (empty === 'pass' || timeout?.next === 'approve' || timeout?.next === 'reject')) say('auto')
  if (typeof empty === 'object' && empty.users.length === 0) say('no_people')
  for (const [name, upward] of Object.entries(step.who))
    if ((name === 'leader' || name === 'leaders') && !(Number.isInteger(upward) && upward >= 1 && upward <= 20))
      say('no_people')
}
