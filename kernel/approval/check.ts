// Boot checks of flows: every entity's flow exists, its roles and fields too, and its conditions read the entity's fields.
import type { Step } from '@yingzao/kernel/entity'
import { compileOrSay } from '../ledgers/compile.ts'
import { environmentOf } from '../registry/formula-type.ts'
import type { Problem } from '../registry/problem.ts'
import type { Registry } from '../registry.ts'
import { conditionsOf, stepsOf } from './flow.ts'

export function checkFlows(registry: Registry, problems: Problem[]): void {
  for (const shape of registry.shapes.values())
    for (const name of [shape.def.approval, shape.def.reversal?.approval]) {
      if (name === undefined) continue
      const flow = registry.flows.get(name)
      const say = (reason: string) =>
        problems.push({ file: flow?.file ?? shape.file, message: `flow ${name}: ${reason}` })
      if (!flow || shape.kind !== 'document') {
        say(flow ? `${shape.name} is no document` : `${shape.name} names it, but no module declares it`)
        continue
      }
      const environment = environmentOf(registry.shapes, shape)
      for (const condition of conditionsOf(flow.root)) compileOrSay(condition, environment, { kind: 'flag' }, say)
      const steps = [...stepsOf(flow.root), ...(flow.escalation ? [flow.escalation] : [])]
      if (stepsOf(flow.root).length === 0) say('has no step')
      for (const { name: step, who } of steps) {
        const problem = whoProblem(registry, who, field => shape.fields.get(field)?.def.kind === 'user')
        if (problem) say(`step "${step}": ${problem}`)
      }
    }
}

function whoProblem(registry: Registry, who: Step['who'], isUser: (field: string) => boolean): string | null {
  if ('role' in who) return registry.roles.has(who.role) ? null : `unknown role "${who.role}"`
  return isUser(who.field) ? null : `"${who.field}" is no field of kind user`
}
