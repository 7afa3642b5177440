// Gives every custom field of a plan a field of Microsoft Project and writes definitions and values.
import type { Custom, CustomField, Plan } from '@yingzao/engines/schedule/plan'
import { listedValues, splitPath } from '../code-path.ts'
import type { LossLog } from '../loss.ts'
import { type Element, element } from '../xml/write.ts'
import { fieldId, kindOfSource, type Owner, sourcesOf } from './custom-field.ts'
import { money } from './value.ts'

interface Slot {
  id: string
  source: string
  kind: CustomField['kind']
  name: string
  of: Owner
  /** Outline codes: paths met in the plan, with the ids of their values. */
  paths: Map<string, number>
  labels: ReadonlyMap<string, string>
  listed: ReadonlySet<string> | undefined
  offered: readonly { value: string; label?: string }[]
}

export interface CustomWriter {
  definitions: Element[]
  codes: Element[]
  /** ExtendedAttribute and OutlineCode elements of a record. */
  values(of: Owner, custom: Custom | undefined): Element[]
}

/** Ancestors of `A.B.C`: `A`, `A.B`, `A.B.C`. */
function ancestors(path: string, listed: ReadonlySet<string> | undefined): string[] {
  const { parent } = splitPath(path, listed)
  return parent === undefined ? [path] : [...ancestors(parent, listed), path]
}

/** Custom keys that no field describes are described by the values found under them. */
function undescribed(plan: Plan): CustomField[] {
  const known = new Set((plan.customFields ?? []).map(f => `${f.of} ${f.name}`))
  const found: CustomField[] = []
  const look = (of: Owner, custom: Custom | undefined): void => {
    for (const [name, value] of Object.entries(custom ?? {})) {
      if (known.has(`${of} ${name}`)) continue
      known.add(`${of} ${name}`)
      found.push({
        of,
        name,
        kind: typeof value === 'number' ? 'number' : typeof value === 'boolean' ? 'flag' : 'text',
      })
    }
  }
  for (const task of plan.tasks) look('task', task.custom)
  for (const resource of plan.resources) look('resource', resource.custom)
  for (const assignment of plan.assignments) look('assignment', assignment.custom)
  return found
}

export function customWriter(plan: Plan, losses: LossLog): CustomWriter {
  const slots = new Map<string, Slot>()
  const taken = new Set<string>()
  const fields = [...(plan.customFields ?? []), ...undescribed(plan)]
  const numberOf = (source: string | undefined): string | undefined => /^Field (\d{6,12})$/.exec(source ?? '')?.[1]
  const add = (field: CustomField, id: string, source: string): void => {
    taken.add(`${field.of} ${source}`)
    slots.set(`${field.of} ${field.name}`, {
      ...{ id, source, kind: kindOfSource(source), name: field.name, of: field.of, paths: new Map() },
      listed: listedValues(field.values),
      offered: field.values ?? [],
      labels: new Map((field.values ?? []).flatMap(v => (v.label ? [[v.value, v.label] as const] : []))),
    })
  }
  const rest: CustomField[] = []
  for (const field of fields) {
    const id = field.source === undefined ? undefined : (fieldId(field.of, field.source) ?? numberOf(field.source))
    if (id !== undefined && field.source !== undefined && !taken.has(`${field.of} ${field.source}`))
      add(field, id, field.source)
    else rest.push(field)
  }
  for (const field of rest) {
    const wanted = [...sourcesOf(field.of, field.kind), ...sourcesOf(field.of, 'text')]
    const source = wanted.find(s => !taken.has(`${field.of} ${s}`))
    const id = source === undefined ? undefined : fieldId(field.of, source)
    if (source === undefined || id === undefined) losses.add('target', `custom/${field.of}`, field.name)
    else add(field, id, source)
  }

  let nextValue = 1
  const register = (slot: Slot, path: string): number => {
    let id = 0
    for (const step of ancestors(path, slot.listed)) {
      const known = slot.paths.get(step)
      id = known ?? nextValue++
      if (known === undefined) slot.paths.set(step, id)
    }
    return id
  }
  for (const field of fields) {
    const slot = slots.get(`${field.of} ${field.name}`)
    if (slot?.kind === 'code') for (const { value } of field.values ?? []) register(slot, value)
  }
  const everyCustom: (readonly [Owner, Custom | undefined])[] = [
    ...plan.tasks.map(t => ['task', t.custom] as const),
    ...plan.resources.map(r => ['resource', r.custom] as const),
    ...plan.assignments.map(a => ['assignment', a.custom] as const),
  ]
  for (const [of, custom] of everyCustom)
    for (const [name, value] of Object.entries(custom ?? {})) {
      const slot = slots.get(`${of} ${name}`)
      if (slot?.kind === 'code') register(slot, String(value))
    }

  return {
    definitions: [...slots.values()].map(slot =>
      element('ExtendedAttribute', [
        ['FieldID', slot.id],
        ['FieldName', slot.source.startsWith('Field ') ? slot.name : slot.source],
        ['Alias', slot.name === slot.source ? undefined : slot.name],
        slot.kind !== 'code' &&
          slot.offered.length > 0 &&
          element(
            'ValueList',
            slot.offered.map(({ value, label }, i) =>
              element('Value', [
                ['ID', String(i + 1)],
                ['Value', value],
                ['Description', label],
              ]),
            ),
          ),
      ]),
    ),
    codes: [...slots.values()].filter(s => s.paths.size > 0).map(codeDefinition),
    values(of, custom) {
      if (!custom) return []
      return Object.entries(custom).flatMap(([name, value]) => {
        const slot = slots.get(`${of} ${name}`)
        if (!slot) return []
        if (slot.kind === 'code')
          return [
            element('OutlineCode', [
              ['FieldID', slot.id],
              ['ValueID', String(slot.paths.get(String(value)) ?? '')],
            ]),
          ]
        return [
          element('ExtendedAttribute', [
            ['FieldID', slot.id],
            ['Value', valueText(slot, value)],
          ]),
        ]
      })
    },
  }
}

function valueText(slot: Slot, value: string | number | boolean): string {
  if (typeof value === 'boolean') return slot.kind === 'flag' ? (value ? '1' : '0') : String(value)
  if (slot.kind === 'money') return money.write(String(value)) ?? String(value)
  if (slot.kind === 'date') return /T\d\d:\d\d$/.test(String(value)) ? `${value}:00` : String(value)
  return String(value)
}

function codeDefinition(slot: Slot): Element {
  const depth = Math.max(...[...slot.paths.keys()].map(p => ancestors(p, slot.listed).length))
  return element('OutlineCode', [
    ['FieldID', slot.id],
    ['FieldName', slot.source],
    ['Alias', slot.name === slot.source ? undefined : slot.name],
    element(
      'Values',
      [...slot.paths].map(([path, id]) => {
        const { parent, own } = splitPath(path, slot.listed)
        return element('Value', [
          ['ValueID', String(id)],
          ['ParentValueID', String(parent === undefined ? 0 : (slot.paths.get(parent) ?? 0))],
          ['Value', own],
          ['Description', slot.labels.get(path)],
        ])
      }),
    ),
    element(
      'Masks',
      Array.from({ length: depth }, (_, i) =>
        element('Mask', [
          ['Level', String(i + 1)],
          ['Type', '3'],
          ['Length', '0'],
          ['Separator', '.'],
        ]),
      ),
    ),
  ])
}
