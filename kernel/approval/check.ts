// Boot checks of flows: every entity's flow exists, its roles and fields too, and its conditions read the entity's fields.
import type { Problem } from '../registry/problem.ts'
import type { Registry } from '../registry.ts'
import { faultOf } from './read-flow.ts'

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
      const fault = faultOf(registry, shape, flow)
      if (fault) say(fault.step === null ? fault.reason : `step "${fault.step}": ${fault.reason}`)
    }
}
