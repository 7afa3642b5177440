// What is registered, printable: everything that belongs to an entity, module, role or job, with its file and line.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Json, Verb } from '@yingzao/kernel/entity'
import type { Registry } from '@yingzao/kernel/registry'
import { openApi } from '../http/openapi/document.ts'

export interface Told {
  readonly what: string
  readonly name: string
  /** "modules/project/project.entity.ts:12". */
  readonly at: string | null
  readonly says: string
}
export interface Explanation {
  readonly kind: 'entity' | 'module' | 'role' | 'job' | 'action'
  readonly name: string
  readonly label: { readonly zh: string; readonly en: string }
  readonly at: string | null
  readonly parts: readonly Told[]
}

/** Null when nothing has that name. `root`: the folder of the sources, for line numbers. */
export function explain(registry: Registry, name: string, root: string): Explanation | null {
  const at = locator(root)
  const entity = registry.entities.get(name)
  if (entity) return explainEntity(registry, name, at)
  const module = registry.modules.get(name)
  if (module) {
    const parts: Told[] = [
      ...[...registry.entities.values()]
        .filter(each => each.module === name)
        .map(each => ({ what: 'entity', name: each.name, at: at(each.file, each.name), says: both(each.def.label) })),
      ...module.actions.map(each => ({
        what: 'action',
        name: each.name,
        at: at(module.file, each.name),
        says: both(each.label),
      })),
      ...Object.entries(module.roles).map(([role, { label }]) => ({
        what: 'role',
        name: role,
        at: at(module.file, role),
        says: both(label),
      })),
      ...module.metrics.map(each => ({
        what: 'metric',
        name: each.name,
        at: at(module.file, each.name),
        says: both(each.label),
      })),
      ...Object.entries(module.refusals).map(([code, text]) => ({
        what: 'refusal',
        name: `${name}.${code}`,
        at: at(module.file, code),
        says: text.zh,
      })),
    ]
    return { kind: 'module', name, label: module.label, at: at(module.file), parts }
  }
  const role = registry.roles.get(name)
  if (role) {
    const parts = [...registry.entities.values()].flatMap(each =>
      each.def.access
        .filter(grant => grant.role === name)
        .map(grant => ({
          what: 'grant',
          name: each.name,
          at: at(each.file, `'${name}'`),
          says: `${grant.functions.join(' ')} · ${JSON.stringify(grant.scope)}`,
        })),
    )
    return { kind: 'role', name, label: role.label, at: at(role.file, name), parts }
  }
  const job = registry.jobs.get(name)
  if (job) {
    const parts = job.every ? [{ what: 'every', name: job.every, at: at(job.file, job.every), says: '' }] : []
    return { kind: 'job', name, label: job.label, at: at(job.file, name), parts }
  }
  return null
}

function explainEntity(registry: Registry, name: string, at: Locate): Explanation {
  const entity = registry.entities.get(name)
  if (!entity) throw new Error(`no entity ${name}`)
  const { def, file } = entity
  const parts: Told[] = []
  const tell = (what: string, part: string, says: string, where = at(file, part)) =>
    parts.push({ what, name: part, at: where, says })

  for (const [field, declared] of Object.entries(def.fields)) {
    const marks = ['required', 'unique', 'indexed', 'system', 'quiet', 'open'].filter(
      mark => mark in declared && Reflect.get(declared, mark) === true,
    )
    const formula = declared.formula === undefined ? [] : [`= ${declared.formula}`]
    const target = 'to' in declared ? [`→ ${declared.to}`] : 'of' in declared ? [`of ${declared.of}`] : []
    const group = declared.group === undefined ? [] : [`group ${declared.group}`]
    tell('field', field, [declared.kind, ...target, ...marks, ...group, ...formula, both(declared.label)].join(' · '))
  }
  for (const [rule, { check }] of Object.entries(def.rules ?? {})) tell('rule', rule, check)
  for (const set of def.unique ?? []) tell('unique', set.join(' '), '')
  const verbs: Record<string, Verb> = {
    ...Object.fromEntries((def.transitions ?? []).map(({ action, label }) => [action, { label }])),
    ...def.verbs,
  }
  for (const [verb, declared] of Object.entries(verbs)) {
    const code = registry.handlers.get(`${name}.${verb}`)
    tell(
      'verb',
      verb,
      [both(declared.label), declared.when].filter(Boolean).join(' · '),
      code ? at(code.file, verb) : at(file, verb),
    )
  }
  for (const hook of registry.hooks.get(name) ?? []) {
    const when = [hook.beforeSave ? 'beforeSave' : '', hook.afterSave ? 'afterSave' : ''].filter(Boolean).join(' ')
    tell('hook', when, '', at(hook.file, when.split(' ')[0]))
  }
  for (const posting of def.posting ?? [])
    tell(
      'posting',
      posting.to,
      Object.entries(posting.measures)
        .map(([key, value]) => `${key} = ${value}`)
        .join(', '),
    )
  for (const [name, { to, when, urgent }] of Object.entries(def.tells ?? {}))
    tell('tell', name, [`→ ${to}`, when, urgent ? 'urgent' : ''].filter(Boolean).join(' · '))
  for (const grant of def.access) {
    const fields = Object.keys(grant.fields).length ? ` · ${JSON.stringify(grant.fields)}` : ''
    tell(
      'grant',
      grant.role,
      `${grant.functions.join(' ')} · ${JSON.stringify(grant.scope)}${fields}`,
      at(file, `'${grant.role}'`),
    )
  }
  for (const metric of registry.metrics.values())
    if (metric.of === name) tell('metric', metric.name, both(metric.label), at(metric.file, metric.name))
  for (const { method, path } of endpoints(registry, name)) tell('endpoint', `${method} /api/v1${path}`, '', null)
  return { kind: 'entity', name, label: def.label, at: at(file, name), parts }
}

/** Addresses of one entity, as the OpenAPI document has them. */
function endpoints(registry: Registry, name: string): { method: string; path: string }[] {
  const document = openApi(registry, { name: '', version: '' })
  const { paths } = typeof document === 'object' && document !== null && 'paths' in document ? document : { paths: {} }
  return Object.entries(paths as Readonly<Record<string, Readonly<Record<string, Json>>>>).flatMap(([path, item]) =>
    path === `/${name}` || path.startsWith(`/${name}/`)
      ? Object.keys(item)
          .filter(method => method !== 'parameters')
          .map(method => ({ method: method.toUpperCase(), path }))
      : [],
  )
}

/** Everything installed, one line each: what `yingzao map` prints. */
export function mapOf(registry: Registry): readonly (Told & { readonly module: string })[] {
  const told: (Told & { module: string })[] = []
  for (const module of registry.modules.values()) {
    const tell = (what: string, name: string, at: string, says: string) =>
      told.push({ module: module.name, what, name, at, says })
    tell('module', module.name, module.file, both(module.label))
    for (const entity of registry.entities.values())
      if (entity.module === module.name) tell(entity.def.kind, entity.name, entity.file, both(entity.def.label))
    for (const ledger of registry.ledgers.values())
      if (ledger.module === module.name) tell('ledger', ledger.name, ledger.file, both(ledger.def.label))
    for (const action of module.actions)
      tell('action', action.name, registry.actions.get(action.name)?.file ?? module.file, both(action.label))
    for (const [role, { label }] of Object.entries(module.roles)) tell('role', role, module.file, both(label))
    for (const metric of module.metrics) tell('metric', metric.name, module.file, both(metric.label))
  }
  for (const job of registry.jobs.values())
    told.push({
      module: job.name.split('.')[0] ?? '',
      what: 'job',
      name: job.name,
      at: job.file,
      says: [both(job.label), job.every].filter(Boolean).join(' · '),
    })
  return told
}

type Locate = (file: string, word?: string) => string | null

/** Line of a word's first appearance; the built tree has no sources beside it, then the file alone is told. */
function locator(root: string): Locate {
  const texts = new Map<string, readonly string[]>()
  return (file, word) => {
    const path = join(root, file)
    const lines = texts.get(file) ?? (existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [])
    texts.set(file, lines)
    if (word === undefined) return file
    const exact = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    const find = (pattern: RegExp) => lines.findIndex(line => !line.trimStart().startsWith('//') && pattern.test(line))
    // Where it is declared (`name: …`, `name(…)`), else where it is first named.
    const declared = find(new RegExp(`^\\s*(async )?${exact}\\s*[:(]`))
    const found = declared >= 0 ? declared : find(new RegExp(`(?<!\\w)${exact}(?!\\w)`))
    return found < 0 ? file : `${file}:${found + 1}`
  }
}

const both = ({ zh, en }: { readonly zh: string; readonly en: string }) => `${zh} ${en}`
