// explain(): everything that is registered under a name, each with the file and line it comes from. map(): the whole system on a page.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FieldDef, Fields } from '@yingzao/kernel/entity'
import { type Shape, targetOf } from './registry/shape.ts'
import type { Registry } from './registry.ts'

/** `root`: the folder that the registry's file names start from. Throws when nothing has that name. */
export function explain(registry: Registry, name: string, root = process.cwd()): string {
  const find = finder(root)
  const shape = registry.shapes.get(name)
  const parts = [
    shape ? entityText(registry, shape, find) : '',
    moduleText(registry, name, find),
    ledgerText(registry, name, find),
    otherText(registry, name, find),
  ].filter(Boolean)
  if (parts.length === 0) throw new Error(`nothing is called "${name}"; \`map\` lists the names there are`)
  return `${parts.join('\n\n')}\n`
}

type Find = (file: string, pattern: RegExp) => string
const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** `file:line` of the first line that matches; the file alone when it does not, or is not there. */
function finder(root: string): Find {
  const sources = new Map<string, readonly string[]>()
  return (file, pattern) => {
    const path = join(root, file)
    const lines = sources.get(file) ?? (existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [])
    sources.set(file, lines)
    const at = lines.findIndex(line => pattern.test(line))
    return at < 0 ? file : `${file}:${at + 1}`
  }
}

const named = (name: string) => new RegExp(`^\\s*(readonly )?['"]?${escaped(name)}['"]?\\s*[:(,]`)
const quoted = (name: string) => new RegExp(`['"]${escaped(name)}['"]`)

/** A headline and its lines, columns aligned; nothing when there are no lines. */
function section(title: string, rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return ''
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.min(60, Math.max(...rows.map(row => (row[column] ?? '').length))),
  )
  const lines = rows.map(row =>
    `  ${row.map((cell, column) => cell.padEnd(column < row.length - 1 ? (widths[column] ?? 0) : 0)).join('  ')}`.trimEnd(),
  )
  return `\n${title}\n${lines.join('\n')}`
}

function entityText(registry: Registry, shape: Shape, find: Find): string {
  const { name, def, file, module } = shape
  const declared = find(file, new RegExp(`entity\\(\\s*['"]${escaped(name)}['"]`))
  const verbs = Object.entries(def.verbs ?? {})
  const path = `/api/v1/${name}`
  const endpoints =
    shape.kind === 'line'
      ? []
      : [
          ['GET POST', path],
          ['POST', `${path}/query  ${path}/aggregate  ${path}/export`],
          ['GET PATCH DELETE', `${path}/{id}`],
          ['POST', `${path}/{id}/restore`],
          ['GET', `${path}/{id}/history`],
          ...verbs.map(([verb, { reads }]) => [reads ? 'GET' : 'POST', `${path}/{id}/${verb}`]),
          ...(def.transitions ?? []).map(({ action }) => ['POST', `${path}/{id}/${action}`]),
        ]
  const hooks = registry.hooks.get(name) ?? []
  return [
    `${name}  ${def.label.zh} · ${def.label.en}  (${def.kind} of module ${module})  ${declared}`,
    shape.parent ? `  lines of ${shape.parent.entity}.${shape.parent.field}` : '',
    def.number ? `  number ${def.number}` : '',
    section(
      'Fields',
      [...shape.fields.values()].map(each => [
        each.name,
        kindText(each.def),
        optionsText(each.def, each.group),
        each.system ? 'kernel' : find(file, named(each.name)),
      ]),
    ),
    section(
      'Rules',
      Object.entries(def.rules ?? {}).map(([rule, { check, message }]) => [
        rule,
        check,
        message.zh,
        find(file, named(rule)),
      ]),
    ),
    section(
      'Unique',
      shape.uniques.map(each => [each.fields.join(', ')]),
    ),
    section(
      'Hooks',
      hooks.map(hook => [
        ['beforeSave', 'afterSave', 'beforeRemove'].filter(power => power in hook).join(', '),
        find(hook.file, /hooks\(/),
      ]),
    ),
    section(
      'Stages',
      (def.transitions ?? []).map(each => [
        each.action,
        `${each.from.join(', ')} → ${each.to}`,
        each.when ?? '',
        find(file, quoted(each.action)),
      ]),
    ),
    section(
      'Verbs',
      verbs.map(([verb, each]) => [
        verb,
        each.reads ? 'reads' : '',
        each.when ?? '',
        find(registry.handlers.get(`${name}.${verb}`)?.file ?? file, named(verb)),
      ]),
    ),
    section(
      'Posting',
      (def.posting ?? []).map(each => [
        each.to,
        each.each ?? 'header',
        JSON.stringify(each.measures),
        find(file, new RegExp(`post\\(.*${escaped(each.to)}`)),
      ]),
    ),
    section(
      'Permissions (as shipped; administrators edit them)',
      def.access.map(each => [
        each.role,
        each.functions.join(' '),
        typeof each.scope === 'string' ? each.scope : JSON.stringify(each.scope),
        JSON.stringify(each.fields),
        find(file, new RegExp(`allow\\(\\s*['"]${escaped(each.role)}['"]`)),
      ]),
    ),
    section('Endpoints', endpoints),
    section(
      'Metrics',
      [...registry.metrics.values()]
        .filter(each => each.seen.startsWith(`${name}.`))
        .map(each => [each.name, each.value, each.seen, find(each.file, quoted(each.name))]),
    ),
    section('Referred to by', referrers(registry, name)),
  ]
    .filter(Boolean)
    .join('\n')
}

function kindText(def: FieldDef): string {
  if (def.kind === 'lines') return `lines of ${def.of}`
  const target = targetOf(def)
  if (target !== null) return `${def.kind} → ${target}`
  return def.kind === 'choice' || def.kind === 'multi_choice'
    ? `${def.kind} ${Object.keys(def.options).join('|')}`
    : def.kind
}
function optionsText(def: FieldDef, group: string): string {
  const flags = (['required', 'unique', 'system', 'projected', 'open', 'indexed'] as const).filter(
    option => def[option],
  )
  return [
    ...flags,
    group === 'basic' ? '' : `group ${group}`,
    def.formula ? `= ${def.formula}` : '',
    def.when ? `when ${def.when}` : '',
  ]
    .filter(Boolean)
    .join(', ')
}
const referrers = (registry: Registry, name: string): string[][] =>
  [...registry.shapes.values()].flatMap(other =>
    [...other.fields.values()].flatMap(field =>
      targetOf(field.def) === name && !field.system ? [[`${other.name}.${field.name}`, other.file]] : [],
    ),
  )

function moduleText(registry: Registry, name: string, find: Find): string {
  const module = registry.modules.get(name)
  if (!module) return ''
  const mine = <T extends { readonly module: string }>(map: ReadonlyMap<string, T>) =>
    [...map].filter(([, each]) => each.module === name)
  return [
    `${name}  ${module.label.zh} · ${module.label.en}  (module)  ${module.file}`,
    module.needs.length > 0 ? `  needs ${module.needs.join(', ')}` : '',
    section(
      'Entities',
      mine(registry.shapes).map(([each, { def, file }]) => [each, def.label.zh, def.label.en, file]),
    ),
    section(
      'Ledgers',
      mine(registry.ledgers).map(([each, { file }]) => [each, file]),
    ),
    section(
      'Actions',
      module.actions.map(each => [
        each.name,
        each.label.zh,
        inputText(each.input),
        find(registry.actions.get(each.name)?.file ?? module.file, quoted(each.name)),
      ]),
    ),
    section(
      'Roles',
      mine(registry.roles).map(([each, role]) => [
        each,
        role.label.zh,
        role.at.join(', '),
        find(module.file, named(each)),
      ]),
    ),
    section(
      'Metrics',
      mine(registry.metrics).map(([each, metric]) => [each, `of ${metric.of}`, metric.value]),
    ),
    section(
      'Refusals',
      mine(registry.refusals).map(([code, text]) => [code, text.zh]),
    ),
    section(
      'Migrations',
      registry.migrations.filter(each => each.module === name).map(each => [each.name, each.file]),
    ),
  ]
    .filter(Boolean)
    .join('\n')
}
const inputText = (input: Fields | undefined): string =>
  Object.entries(input ?? {})
    .map(([name, def]) => `${name}: ${kindText(def)}`)
    .join(', ')

function ledgerText(registry: Registry, name: string, find: Find): string {
  const ledger = registry.ledgers.get(name)
  if (!ledger) return ''
  const { dims, measures, balance, label } = ledger.def
  return [
    `${name}  ${label.zh} · ${label.en}  (ledger of module ${ledger.module})  ${find(ledger.file, quoted(name))}`,
    section(
      'Dimensions',
      Object.entries(dims).map(([dim, of]) => [dim, of, balance.includes(dim) ? 'balance' : '']),
    ),
    section(
      'Measures',
      Object.entries(measures).map(([measure, scale]) => [measure, `${scale} places`]),
    ),
    section(
      'Posted by',
      [...registry.shapes.values()].flatMap(shape =>
        (shape.def.posting ?? []).flatMap(each => (each.to === name ? [[shape.name, shape.file]] : [])),
      ),
    ),
    section(
      'Limits',
      [...registry.limits.values()]
        .filter(each => each.ledger === name)
        .map(each => [each.name, each.outcome, each.check, each.file]),
    ),
  ]
    .filter(Boolean)
    .join('\n')
}

/** Actions, jobs, roles and refusals: one line each, and who uses a role. */
function otherText(registry: Registry, name: string, find: Find): string {
  const action = registry.actions.get(name)
  const job = registry.jobs.get(name)
  const role = registry.roles.get(name)
  const refusal = registry.refusals.get(name)
  const granted = [...registry.shapes.values()].flatMap(shape =>
    shape.def.access.flatMap(each =>
      each.role === name
        ? [
            [
              shape.name,
              each.functions.join(' '),
              typeof each.scope === 'string' ? each.scope : JSON.stringify(each.scope),
              shape.file,
            ],
          ]
        : [],
    ),
  )
  return [
    action ? `${name}  (action)  POST /api/v1/actions/${name}  ${find(action.file, quoted(name))}` : '',
    job
      ? `${name}  ${job.label.zh} · ${job.label.en}  (job${job.every ? `, every ${job.every}` : ''})  ${find(job.file, quoted(name))}`
      : '',
    role
      ? `${name}  ${role.label.zh} · ${role.label.en}  (role, held at ${role.at.join(', ')})  ${find(role.file, named(name))}${section('May', granted)}`
      : '',
    refusal
      ? `${name}  ${refusal.zh} · ${refusal.en}  (refusal)  ${find(refusal.file, named(name.split('.')[1] ?? name))}`
      : '',
  ]
    .filter(Boolean)
    .join('\n')
}

/** Modules in their order with what each declares: the page to read first. */
export function map(registry: Registry): string {
  const blocks = [...registry.modules.values()].map(module => {
    const entities = [...registry.shapes.values()].filter(each => each.module === module.name)
    return [
      `${module.name}  ${module.label.zh} · ${module.label.en}${module.needs.length > 0 ? `  needs ${module.needs.join(', ')}` : ''}  ${module.file}`,
      ...entities.map(
        each =>
          `  ${each.name}  ${each.def.label.zh} · ${each.def.label.en}${each.parent ? ` (lines of ${each.parent.entity})` : ''}`,
      ),
      ...module.ledgers.map(each => `  ${each.name}  ${each.def.label.zh} · ${each.def.label.en} (ledger)`),
      ...module.actions.map(each => `  ${each.name}  ${each.label.zh} · ${each.label.en} (action)`),
    ].join('\n')
  })
  return `${blocks.join('\n\n')}\n`
}
