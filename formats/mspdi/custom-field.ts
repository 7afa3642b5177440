// Custom fields of Microsoft Project: the numbers its XML knows them by, their definitions and their values.

import { formatMinute, parseMinute } from '@yingzao/engines/schedule/civil'
import type { Custom, CustomField } from '@yingzao/engines/schedule/plan'
import { pushTo } from '../group.ts'
import type { LossLog } from '../loss.ts'
import { child, childrenOf, type XmlNode } from '../xml/record.ts'
import { duration, money } from './value.ts'

export type Owner = CustomField['of']

/** FieldID = base of the owner + offset; offsets in the order of the fields' own numbers. */
const bases: Readonly<Record<Owner, number>> = { task: 188743680, resource: 205520896, assignment: 255852544 }
const offsets: Readonly<Record<Owner, string>> = {
  task: `Text 51,54,57,60,63,66-70,317-336; Start 52,55,58,61,64,282,284,286,288,290; Finish 53,56,59,62,65,283,285,287,289,291;
    Flag 72-81,292-301; Number 87-91,302-316; Duration 103-105,275-281; Cost 106-108,258-264; Date 265-274;
    Outline Code 416,418,420,422,424,426,428,430,432,434; Enterprise Cost 599-608; Enterprise Date 609-638;
    Enterprise Duration 639-648; Enterprise Flag 659-678; Enterprise Number 699-738; Enterprise Text 799-838`,
  resource: `Text 8,9,30-32,97-101,225-244; Start 102-106,220-224; Finish 107-111,190-194; Flag 127-135,126,195-204;
    Number 112-116,205-219; Duration 117-119,183-189; Cost 123-125,166-172; Date 173-182;
    Outline Code 278,280,282,284,286,288,290,292,294,296; Enterprise Cost 446-455; Enterprise Date 456-485;
    Enterprise Duration 486-495; Enterprise Flag 506-525; Enterprise Number 546-585; Enterprise Text 646-685`,
  assignment: `Text 88-97,218-237; Start 98-102,213-217; Finish 103-107,183-187; Flag 123-131,122,188-197;
    Number 108-112,198-212; Duration 113-115,176-182; Cost 119-121,159-165; Date 166-175`,
}

interface Slot {
  of: Owner
  source: string
  id: string
}

const slots: readonly Slot[] = (['task', 'resource', 'assignment'] as const).flatMap(of =>
  offsets[of].split(';').flatMap(group => {
    const [, name = '', list = ''] = /^\s*(\D+?) ([\d,-]+)\s*$/.exec(group) ?? []
    const numbers = list.split(',').flatMap(range => {
      const [from = 0, to = from] = range.split('-').map(Number)
      return Array.from({ length: to - from + 1 }, (_, i) => from + i)
    })
    return numbers.map((offset, i) => ({ of, source: `${name}${i + 1}`, id: String(bases[of] + offset) }))
  }),
)
const slotById = new Map(slots.map(s => [s.id, s]))
const slotByName = new Map(slots.map(s => [`${s.of} ${s.source}`, s]))

/** FieldID of a field by its owner and Project's own name (`Text1`). */
export const fieldId = (of: Owner, source: string): string | undefined => slotByName.get(`${of} ${source}`)?.id

/** Project's own name of a custom field by its owner and number without the owner's base. */
export const fieldSource = (of: Owner, offset: number): string | undefined =>
  slotById.get(String(bases[of] + offset))?.source

/** FieldID of any field of an owner. */
export const fieldNumber = (of: Owner, offset: number): number => bases[of] + offset

const kindByPrefix: readonly (readonly [RegExp, CustomField['kind']])[] = [
  [/Text\d+$/, 'text'],
  [/Number\d+$/, 'number'],
  [/Flag\d+$/, 'flag'],
  [/(Start|Finish|Date)\d+$/, 'date'],
  [/Duration\d+$/, 'duration'],
  [/Cost\d+$/, 'money'],
  [/Outline ?Code\d+$/, 'code'],
]

export const kindOfSource = (source: string): CustomField['kind'] =>
  kindByPrefix.find(([pattern]) => pattern.test(source))?.[1] ?? 'text'

/** Names of sources in the order in which a plan from elsewhere is given free fields. */
export const sourcesOf = (of: Owner, kind: CustomField['kind']): string[] =>
  slots
    .filter(s => s.of === of && !s.source.startsWith('Enterprise') && kindOfSource(s.source) === kind)
    .map(s => s.source)

/** Definitions met so far, and the reading of values by them. */
export interface CustomFields {
  define(node: XmlNode): void
  defineCode(node: XmlNode): void
  /** Custom values of a record, or undefined when it has none. */
  values(of: Owner, node: XmlNode): Custom | undefined
  /** Fields that any record used, in order of first use. */
  used(): CustomField[]
}

export function customFields(losses: LossLog): CustomFields {
  const aliases = new Map<string, string>()
  const names = new Map<string, string>()
  const choices = new Map<string, string>()
  const found = new Map<string, CustomField>()
  const taken = new Set<string>()
  const listed = new Map<string, { value: string; label?: string }[]>()

  const offer = (id: string, value: string, label: string | undefined): void =>
    pushTo(listed, id, { value, ...(label && { label }) })

  const fieldOf = (of: Owner, id: string): CustomField => {
    const key = `${of} ${id}`
    const known = found.get(key)
    if (known) return known
    const own = slotById.get(id)?.source ?? names.get(id)?.replace(/^OutlineCode/, 'Outline Code')
    const source = slotById.get(id)?.source ?? `Field ${id}`
    const wanted = aliases.get(id) ?? own ?? source
    const name = taken.has(`${of} ${wanted}`) ? `${wanted} (${source})` : wanted
    taken.add(`${of} ${name}`)
    const values = listed.get(id)
    const field: CustomField = { of, name, kind: kindOfSource(own ?? ''), source, ...(values && { values }) }
    found.set(key, field)
    return field
  }

  const customValue = (kind: CustomField['kind'], text: string): string | number | boolean | undefined => {
    switch (kind) {
      case 'number': {
        const n = text.trim() === '' ? Number.NaN : Number(text)
        return Number.isFinite(n) ? n : undefined
      }
      case 'flag':
        return text === '1' || text === 'true'
      case 'date': {
        const at = parseMinute(text)
        return at === undefined ? undefined : formatMinute(at)
      }
      case 'duration':
        return duration.read(text) === undefined ? undefined : text
      case 'money':
        return money.read(text)
      default:
        return text
    }
  }

  return {
    define(node) {
      const id = node.fields.get('FieldID') ?? ''
      const alias = node.fields.get('Alias')
      const name = node.fields.get('FieldName')
      if (alias) aliases.set(id, alias)
      if (name) names.set(id, name)
      const list = childrenOf(child(node, 'ValueList'), 'Value')
      for (const value of list) {
        const text = value.fields.get('Value') ?? ''
        choices.set(`${id} ${value.fields.get('ID')}`, text)
        offer(id, text, value.fields.get('Description'))
      }
      if (node.fields.get('Formula')) losses.add('field', 'ExtendedAttribute/Formula', node.fields.get('Formula'))
    },
    defineCode(node) {
      const id = node.fields.get('FieldID') ?? ''
      const alias = node.fields.get('Alias')
      const name = node.fields.get('FieldName')
      if (alias && !aliases.has(id)) aliases.set(id, alias)
      if (name && !names.has(id)) names.set(id, name)
      const separators = childrenOf(child(node, 'Masks'), 'Mask').map(m => m.fields.get('Separator') ?? '.')
      const values = childrenOf(child(node, 'Values'), 'Value')
      const byId = new Map(values.map(v => [v.fields.get('ValueID') ?? '', v]))
      for (const [valueId, value] of byId) {
        const path: string[] = []
        const seen = new Set<XmlNode>()
        for (
          let at: XmlNode | undefined = value;
          at && !seen.has(at);
          at = byId.get(at.fields.get('ParentValueID') ?? '')
        ) {
          seen.add(at)
          path.unshift(at.fields.get('Value') ?? '')
        }
        const text = path.reduce((all, part, i) => (i === 0 ? part : `${all}${separators[i - 1] || '.'}${part}`), '')
        choices.set(`${id} ${valueId}`, text)
        offer(id, text, value.fields.get('Description'))
      }
    },
    values(of, node) {
      const custom: [string, string | number | boolean][] = []
      for (const item of node.children) {
        const isCode = item.name === 'OutlineCode'
        if (!isCode && item.name !== 'ExtendedAttribute') continue
        const id = item.fields.get('FieldID') ?? ''
        const listed = choices.get(`${id} ${item.fields.get('ValueID')}`)
        const raw = isCode ? listed : (item.fields.get('Value') ?? listed)
        if (raw === undefined || raw === '') {
          if (item.fields.has('ValueID')) losses.add('reference', `${item.name}/ValueID`, item.fields.get('ValueID'))
          continue
        }
        const field = fieldOf(of, id)
        const value = customValue(field.kind, raw)
        if (value === undefined) losses.add('value', `ExtendedAttribute/${field.source}`, raw)
        else custom.push([field.name, value])
      }
      return custom.length > 0 ? Object.fromEntries(custom) : undefined
    },
    used: () => [...found.values()],
  }
}
