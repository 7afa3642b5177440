// buildRegistry(): findings of the loader → the registry, or every problem with both files of each clash.
import type { Entity, FieldDef, Flow, Module } from '@yingzao/kernel/entity'
import { checkFlows } from '../approval/check.ts'
import { approvalRegistrations } from '../approval/registration.ts'
import { type Check, type CompiledPosting, compileLedgers } from '../ledgers/compile.ts'
import { type CompiledMetric, compileMetrics } from '../metrics/compile.ts'
import { organisationHooks } from '../organisation/hooks.ts'
import { organisation } from '../organisation/module.ts'
import type { Declared, Found, Migration, Registry } from '../registry.ts'

export type { Found }

import type { Report } from '../report.ts'
import type {
  ActionHandler,
  FileKeeper,
  Handler,
  Hooks,
  Job,
  PowerTable,
  Registration,
  Teller,
  WorkTime,
} from '../serve.ts'
import { checkCards } from './card.ts'
import { checkEntity } from './check.ts'
import { compileFormulas } from './formula.ts'
import { compileInputDefaults } from './input-default.ts'
import { inOrder } from './order.ts'
import { type Problem, RegistryError } from './problem.ts'
import { type Compiled, fieldShapes, type LinesShape, type Shape, searchedFields, sortableFields } from './shape.ts'
import { uniqueIndexes } from './unique.ts'

/** What the loader saw in the module folders. */
export interface Findings {
  readonly modules: readonly Found<Module>[]
  /** Every entity exported by an *.entity.ts: names its file, and proves that the module's contents page lists it. */
  readonly entities?: readonly (Found<Entity> & { readonly module: string })[]
  readonly registrations?: readonly (Found<Registration> & { readonly module: string })[]
  readonly migrations?: readonly Migration[]
}

/** Names are checked once here, so that nothing later meets an unknown one. Throws `RegistryError`. */
export function buildRegistry(findings: Findings): Registry {
  const problems: Problem[] = []
  const modules = new Map<string, Module & { file: string }>()
  for (const { value, file } of [organisation, ...findings.modules]) {
    clash(modules.get(value.name), `module "${value.name}"`, file, problems)
    modules.set(value.name, { ...value, file })
  }
  const ordered = inOrder(modules, problems)

  const entityFile = new Map((findings.entities ?? []).map(found => [found.value.name, found.file]))
  const registry = {
    modules: new Map(ordered.map(module => [module.name, module])),
    entities: new Map<string, Entity & Declared>(),
    shapes: new Map<string, Shape>(),
    ledgers: new Map(),
    limits: new Map(),
    flows: new Map<string, Flow & Declared>(),
    postings: new Map<string, CompiledPosting[]>(),
    checks: new Map<string, Check[]>(),
    metrics: new Map(),
    numbers: new Map<string, CompiledMetric>(),
    roles: new Map(),
    scopes: new Map(),
    refusals: new Map(),
    migrations: findings.migrations ?? [],
    handlers: new Map<string, Handler & { file: string }>(),
    actions: new Map<string, ActionHandler & { file: string }>(),
    inputDefaults: new Map<FieldDef, Compiled['run']>(),
    hooks: new Map<string, (Hooks & { file: string })[]>(),
    jobs: new Map<string, Job & { file: string }>(),
    reports: new Map<string, Report & { file: string }>(),
    workTimes: new Map<string, WorkTime & { file: string }>(),
    fileKeepers: new Map<string, FileKeeper & { file: string }>(),
    powerTables: new Map<string, PowerTable & { file: string }>(),
    tellers: new Map<string, Teller & { file: string }>(),
  } satisfies Registry

  for (const module of ordered) {
    const declared = { module: module.name, file: module.file }
    const put = <T extends object>(
      map: Map<string, T & Declared>,
      what: string,
      name: string,
      value: T,
      at = declared,
    ) => {
      clash(map.get(name), `${what} "${name}"`, at.file, problems)
      map.set(name, { ...value, ...at })
    }
    for (const entity of module.entities)
      put(registry.entities, 'entity', entity.name, entity, {
        module: module.name,
        file: entityFile.get(entity.name) ?? module.file,
      })
    for (const entity of module.entities)
      for (const [rule, { message }] of Object.entries(entity.def.rules ?? {}))
        put(registry.refusals, 'refusal', `${entity.name}.${rule}`, message)
    for (const ledger of module.ledgers) put(registry.ledgers, 'ledger', ledger.name, ledger)
    for (const limit of module.limits) {
      put(registry.limits, 'limit', limit.name, limit)
      put(registry.refusals, 'refusal', `limit.${limit.name}`, limit.message)
    }
    for (const flow of module.flows) put(registry.flows, 'flow', flow.name, flow)
    for (const metric of module.metrics) put(registry.metrics, 'metric', metric.name, metric)
    for (const [name, role] of Object.entries(module.roles)) put(registry.roles, 'role', name, role)
    // Codes are written with underscores, also of a module whose folder has a hyphen.
    const area = module.name.replaceAll('-', '_')
    for (const [name, text] of Object.entries(module.refusals))
      put(registry.refusals, 'refusal', `${area}.${name}`, text)
    if (module.scopes?.project) put(registry.scopes, 'scope kind', 'project', module.scopes.project)
  }
  for (const { value, module, file } of findings.entities ?? [])
    if (registry.entities.get(value.name)?.module !== module)
      problems.push({ file, message: `entity "${value.name}" is not listed in \`entities\` of module "${module}"` })

  buildShapes(registry, problems)
  for (const [name, ledger] of registry.ledgers)
    clash(registry.entities.get(name), `"${name}" is a ledger and an entity`, ledger.file, problems)
  collect(registry, [...organisationHooks, ...approvalRegistrations, ...(findings.registrations ?? [])], problems)
  // Only when names are right: a formula over an unknown entity would repeat what was said.
  if (problems.length === 0) {
    for (const shape of registry.shapes.values()) compileFormulas(registry, shape, problems)
    for (const [field, run] of compileInputDefaults(registry, problems)) registry.inputDefaults.set(field, run)
    compileLedgers(registry, problems)
    compileMetrics(registry, problems)
    checkCards(registry, problems)
    checkFlows(registry, problems)
  }
  if (problems.length > 0) throw new RegistryError(problems)
  return registry
}

function clash(before: { readonly file: string } | undefined, what: string, file: string, problems: Problem[]): void {
  if (before) problems.push({ file, message: `${what} is declared twice, also in ${before.file}` })
}

function buildShapes(registry: Registry & { shapes: Map<string, Shape> }, problems: Problem[]): void {
  const lines = new Map<string, LinesShape[]>()
  for (const { name, def, module, file } of registry.entities.values()) {
    const fields = fieldShapes(def, name)
    const own: LinesShape[] = []
    lines.set(name, own)
    registry.shapes.set(name, {
      name,
      module,
      file,
      def,
      kind: def.kind,
      fields,
      lines: own,
      parent: null,
      uniques: uniqueIndexes(name, def),
      sortable: sortableFields(def, fields),
      searched: def.kind === 'line' || def.internal ? [] : searchedFields(fields),
      computed: [],
      conditions: {
        rules: [],
        when: new Map(),
        verbs: new Map(),
        defaults: new Map(),
        tells: new Map(),
        targets: new Map(),
        guests: null,
        approval: null,
      },
    })
  }
  for (const shape of [...registry.shapes.values()])
    for (const field of shape.fields.values()) {
      if (field.def.kind !== 'lines') continue
      const of = registry.shapes.get(field.def.of)
      if (of?.kind !== 'line') continue
      if (of.parent)
        problems.push({
          file: shape.file,
          message: `lines "${of.name}" hang on ${shape.name}.${field.name} and on ${of.parent.entity}.${of.parent.field} (${registry.shapes.get(of.parent.entity)?.file}): one parent only`,
        })
      const child: Shape = { ...of, parent: { entity: shape.name, field: field.name } }
      registry.shapes.set(child.name, child)
      lines.get(shape.name)?.push({ field: field.name, of: child })
    }
  for (const shape of registry.shapes.values()) problems.push(...checkEntity(registry, shape))
}

type Mutable = Omit<
  Registry,
  'handlers' | 'actions' | 'hooks' | 'jobs' | 'reports' | 'workTimes' | 'tellers' | 'fileKeepers' | 'powerTables'
> & {
  handlers: Map<string, Handler & { file: string }>
  actions: Map<string, ActionHandler & { file: string }>
  hooks: Map<string, (Hooks & { file: string })[]>
  jobs: Map<string, Job & { file: string }>
  reports: Map<string, Report & { file: string }>
  workTimes: Map<string, WorkTime & { file: string }>
  fileKeepers: Map<string, FileKeeper & { file: string }>
  powerTables: Map<string, PowerTable & { file: string }>
  tellers: Map<string, Teller & { file: string }>
}

function collect(
  registry: Mutable,
  found: readonly (Found<Registration> & { readonly module: string })[],
  problems: Problem[],
): void {
  const rank = new Map([...registry.modules.keys()].map((name, index) => [name, index]))
  const sorted = [...found].sort(
    (a, b) => (rank.get(a.module) ?? 0) - (rank.get(b.module) ?? 0) || (a.file < b.file ? -1 : 1),
  )
  const declared = new Map(
    [...registry.modules.values()].flatMap(module => module.actions.map(action => [action.name, module.file] as const)),
  )
  for (const { value, file } of sorted) {
    const say = (message: string) => problems.push({ file, message })
    switch (value.is) {
      case 'handler': {
        const shape = registry.shapes.get(value.entity)
        if (!shape) say(`handles verbs of "${value.entity}", which is no entity`)
        for (const verb of Object.keys(value.verbs)) {
          const name = `${value.entity}.${verb}`
          clash(registry.handlers.get(name), `verb "${name}"`, file, problems)
          if (shape && !shape.def.verbs?.[verb] && !shape.def.transitions?.some(each => each.action === verb))
            say(`verb "${verb}" is not declared by ${value.entity} (${shape.file})`)
          registry.handlers.set(name, { ...value, file })
        }
        break
      }
      case 'action':
        clash(registry.actions.get(value.name), `action "${value.name}"`, file, problems)
        if (!declared.has(value.name)) say(`action "${value.name}" is declared by no module`)
        registry.actions.set(value.name, { ...value, file })
        break
      case 'hooks': {
        if (!registry.shapes.has(value.entity)) say(`hooks of "${value.entity}", which is no entity`)
        const hooks = registry.hooks.get(value.entity) ?? []
        hooks.push({ ...value, file })
        registry.hooks.set(value.entity, hooks)
        break
      }
      case 'job':
        clash(registry.jobs.get(value.name), `job "${value.name}"`, file, problems)
        registry.jobs.set(value.name, { ...value, file })
        break
      case 'report':
        clash(registry.reports.get(value.action), `report of "${value.action}"`, file, problems)
        if (!declared.has(value.action)) say(`reports what action "${value.action}" answers, which no module declares`)
        registry.reports.set(value.action, { ...value, file })
        break
      case 'work_time':
        clash(registry.workTimes.get('one'), 'working time', file, problems)
        registry.workTimes.set('one', { ...value, file })
        break
      case 'file_keeper':
        clash(registry.fileKeepers.get('one'), 'keeper of files', file, problems)
        registry.fileKeepers.set('one', { ...value, file })
        break
      case 'power_table':
        clash(registry.powerTables.get('one'), 'power table', file, problems)
        registry.powerTables.set('one', { ...value, file })
        break
      case 'teller':
        clash(registry.tellers.get('one'), 'teller', file, problems)
        registry.tellers.set('one', { ...value, file })
        break
    }
  }
  for (const shape of registry.shapes.values())
    for (const verb of Object.keys(shape.def.verbs ?? {}))
      if (!registry.handlers.has(`${shape.name}.${verb}`))
        problems.push({
          file: shape.file,
          message: `verb "${shape.name}.${verb}" has no code: handle(…) it in a *.service.ts`,
        })
  for (const [name, file] of declared)
    if (!registry.actions.has(name))
      problems.push({ file, message: `action "${name}" has no code: act('${name}', …) in a *.service.ts` })
}
