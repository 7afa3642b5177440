// Metrics of the declarations, compiled once at boot; a wrong name or type fails the boot at its character.
import { type Ast, type Environment, type FormulaType, parseFormula } from '@yingzao/engines/formula'
import type { Metric } from '@yingzao/kernel/entity'
import { compileOrSay, type Run } from '../ledgers/compile.ts'
import { reservedColumn } from '../ledgers/table.ts'
import type { Problem } from '../registry/problem.ts'
import type { Registry } from '../registry.ts'

export interface CompiledMetric {
  readonly metric: Metric
  readonly value: Run
  readonly ast: Ast
  readonly environment: Environment
  /** Measures it looks at, reserved ones by their own name. */
  readonly measures: readonly string[]
  /** The entity and field whose readers see it; `dim`: the dimension that refers to that entity. */
  readonly seen: { readonly entity: string; readonly field: string; readonly dim: string | null }
}

const number: FormulaType = { kind: 'number' }

export function compileMetrics(
  registry: Registry & { readonly numbers: Map<string, CompiledMetric> },
  problems: Problem[],
): void {
  for (const metric of registry.metrics.values()) {
    const say = (reason: string): void => {
      problems.push({ file: metric.file, message: `metric ${metric.name}: ${reason}` })
    }
    const def = registry.ledgers.get(metric.of)?.def
    if (!def) {
      say(`unknown ledger "${metric.of}"`)
      continue
    }
    const measures = Object.keys(def.measures).flatMap(name => [name, reservedColumn(name)])
    const fields = Object.fromEntries(measures.map(name => [name, number]))
    const environment: Environment = { fields }
    const value = compileOrSay(metric.value, environment, number, say)
    const parsed = parseFormula(metric.value)
    for (const dim of Object.keys(metric.where ?? {})) if (!(dim in def.dims)) say(`unknown dimension "${dim}"`)
    const [entity = '', field = ''] = metric.seen.split('.')
    const shape = registry.shapes.get(entity)
    if (!shape?.fields.has(field)) say(`"${metric.seen}" is no field of an entity`)
    const dim = Object.keys(def.dims).find(name => def.dims[name] === entity) ?? null
    if (dim === null && shape && !shape.def.place?.project && !shape.def.place?.company)
      say(`"${entity}" is neither a dimension of "${metric.of}" nor at a place`)
    const named = new Set(metric.value.match(/[a-z_]+/g) ?? [])
    for (const each of metric.per ?? [])
      if (!def.balance.includes(each)) say(`"${each}" is no dimension of its balances`)
    if (value && parsed.ok)
      registry.numbers.set(metric.name, {
        metric,
        value,
        ast: parsed.ast,
        environment,
        measures: measures.filter(name => named.has(name)),
        seen: { entity, field, dim },
      })
  }
}
