// Custom and enterprise fields: their names, their lists of values, and the values of records.
import { formatMinute } from '@yingzao/engines/schedule/civil'
import type { Custom, CustomField } from '@yingzao/engines/schedule/plan'
import { pushTo } from '../group.ts'
import type { LossLog } from '../loss.ts'
import { fieldNumber, fieldSource, kindOfSource, type Owner } from '../mspdi/custom-field.ts'
import { f64, guid, i32, u16, u32, wideText } from './bytes.ts'
import { dateAt } from './date.ts'
import { category, type FieldPlace, type FieldReader, type RecordBytes } from './field-map.ts'
import type { Generation } from './layout.ts'
import type { Table } from './table.ts'
import { moneyOf } from './value.ts'

type Kind = CustomField['kind']

/** Reads the custom values of one kind of records. */
export type CustomValues = (record: RecordBytes) => Custom | undefined

/** A value of a list, as the file keeps it. */
interface Choice {
  parent: number
  /** GUID of its list; before 2007 the number of its field instead. */
  table: string | undefined
  field: number | undefined
  guid: string | undefined
  value: Uint8Array
  description: string | undefined
}

/** Names, types and lists that the fields of one kind of records were given. */
export interface Definitions {
  aliases: ReadonlyMap<number, string>
  kinds: ReadonlyMap<number, Kind>
  /** Field by the GUID of its list of values. */
  lists: ReadonlyMap<string, number>
}

export const noDefinitions: Definitions = { aliases: new Map(), kinds: new Map(), lists: new Map() }

/** Where the definitions of a generation keep what: head and index before them, then field, type at 12, list. */
const definitionShapes: Partial<
  Record<Generation, { count: number; head: number; index: number; size?: number; field: number; list: number }>
> = {
  14: { count: 0, head: 8, index: 0, size: 88, field: 0, list: 36 },
  12: { count: 8, head: 12, index: 8, field: 4, list: 160 },
}
/** Types of enterprise fields, by the number Project's interchange documentation gives them (CFType). */
const enterpriseKinds: readonly Kind[] = ['money', 'date', 'duration', 'date', 'flag', 'number', 'date', 'text']

/**
 * Reads the custom field block of a record folder: a list of field numbers with the offsets of their names, two blocks
 * of no interest, then the definitions: 88 bytes per field since 2010; in 2007 blocks that tell their size, after an
 * index of them; none before.
 */
export function readDefinitions(data: Uint8Array | undefined, generation: Generation): Definitions {
  if (!data || data.length < 12) return noDefinitions
  const aliases = new Map<number, string>()
  const kinds = new Map<number, Kind>()
  const lists = new Map<string, number>()
  const size = u32(data, 0)
  const count = u32(data, 8)
  for (let i = 0, at = 12; i < count && at + 8 <= Math.min(size + 4, data.length); i++, at += 8) {
    const name = wideText(data, u32(data, at + 4) + 4)
    if (name) aliases.set(u16(data, at), name)
  }
  let at = 4 + size
  at += 4 + u32(data, at)
  at += 4 + u32(data, at)
  const shape = definitionShapes[generation]
  if (!shape || at + 12 > data.length) return { aliases, kinds, lists }
  const defined = u32(data, at + shape.count)
  at += shape.head + shape.index * defined
  for (let i = 0; i < defined && at + shape.list + 16 <= data.length; i++) {
    const field = u16(data, at + shape.field)
    const kind = enterpriseKinds[u16(data, at + 12)]
    if (kind) kinds.set(field, kind)
    const list = guid(data, at + shape.list)
    if (list) lists.set(list, field)
    const size = shape.size ?? u16(data, at)
    if (size === 0) break
    at += size
  }
  return { aliases, kinds, lists }
}

/** Fields of a value of a list, by number. */
const field = { index: 0, uid: 1, parent: 13, owner: 12, guid: 19, table: 25, description: 8, value: 22, oldValue: 7 }

/** Every listed value by its number. */
export function readChoices(table: Table): ReadonlyMap<number, Choice> {
  const choices = new Map<number, Choice>()
  const { reader } = table
  const isOld = reader.map.get(field.value) === undefined
  for (let i = 0; i < table.count; i++) {
    const bare = table.record(i, 0)
    const uid = reader.integer(bare, isOld ? field.index : field.uid)
    if (uid === undefined) continue
    const record = { ...bare, id: uid }
    const value = reader.bytes(record, isOld ? field.oldValue : field.value)
    if (!value) continue
    const owner = isOld ? reader.integer(record, field.owner) : undefined
    choices.set(uid, {
      parent: reader.integer(record, field.parent) ?? 0,
      table: reader.guid(record, field.table),
      field: owner === undefined ? undefined : owner & 0xffff,
      guid: reader.guid(record, field.guid),
      value,
      description: reader.text(record, field.description) || undefined,
    })
  }
  return choices
}

/** Marks of a value that is one of a list: number and GUID follow. */
const listedMarks = new Set([0x0701, 0x0401])
const enterpriseBit = 0x8000
const deepest = 64

interface Slot {
  place: FieldPlace
  /** Number under which the field was defined. */
  number: number
  name: string
  kind: Kind
  source: string
  key: string
}

export interface CustomFields {
  /** A reader of the values of one kind of records. */
  values(of: Owner, table: Table, definitions: Definitions): CustomValues
  /** Fields that any record used, in order of first use. */
  used(): CustomField[]
}

export function customFields(
  choices: ReadonlyMap<number, Choice>,
  enterprise: readonly number[],
  losses: LossLog,
): CustomFields {
  const byGuid = new Map<string, number>()
  for (const [uid, choice] of choices) if (choice.guid) byGuid.set(choice.guid, uid)
  const used = new Map<string, CustomField>()

  const pathOf = (uid: number): string | undefined => {
    const parts: string[] = []
    let at = uid
    for (let depth = 0; depth < deepest; depth++) {
      const choice = choices.get(at)
      if (!choice) break
      parts.unshift(wideText(choice.value, 0))
      if (choice.parent === at) break
      at = choice.parent
    }
    return parts.length > 0 ? parts.join('.') : undefined
  }

  const choiceOf = (data: Uint8Array): number | undefined => {
    const uid = i32(data, 2)
    if (choices.has(uid)) return uid
    const known = guid(data, 6)
    return known === undefined ? undefined : byGuid.get(known)
  }

  const decode = (kind: Kind, data: Uint8Array): Custom[string] | undefined => {
    switch (kind) {
      case 'date': {
        const at = dateAt(data, 0)
        return at === undefined ? undefined : formatMinute(at)
      }
      // Nothing entered and zero are one to Project.
      case 'duration': {
        const tenths = data.length >= 4 ? i32(data, 0) : 0
        return tenths === 0 ? undefined : isoOfTenths(tenths)
      }
      case 'money': {
        const amount = data.length >= 8 ? moneyOf(f64(data, 0)) : '0'
        return amount === '0' ? undefined : amount
      }
      case 'number':
        return (data.length >= 8 && f64(data, 0)) || undefined
      case 'flag':
        return u16(data, 0) !== 0 || undefined
      default:
        return wideText(data, 0) || undefined
    }
  }

  const read = (slot: Slot, reader: FieldReader, record: RecordBytes): Custom[string] | undefined => {
    if (slot.place.category === category.flag) return reader.bit(record, slot.place.field) ? true : undefined
    const { key } = slot.place
    const data = key === undefined ? reader.bytes(record, slot.place.field) : reader.variable.value(record.id, key)
    if (!data || data.length === 0) return undefined
    // Before 2007 a record holds the bare number of its outline code.
    if (slot.kind === 'code' && data.length === 4) return pathOf(i32(data, 0))
    if (data.length > 4 && listedMarks.has(u16(data, 0))) {
      const uid = choiceOf(data)
      const choice = uid === undefined ? undefined : choices.get(uid)
      if (uid === undefined || !choice) {
        losses.add('reference', `ExtendedAttribute/${slot.source}`, String(i32(data, 2)))
        return undefined
      }
      return slot.kind === 'code' ? pathOf(uid) : decode(slot.kind, choice.value)
    }
    if (data.length === 4 && listedMarks.has(u16(data, 0)) && slot.kind !== 'date') return undefined
    return decode(slot.kind, data)
  }

  return {
    values(of, table, definitions) {
      const slots = slotsOf(of, table, definitions, enterprise)
      const variable = new Map(slots.flatMap(slot => (slot.place.key === undefined ? [] : [[slot.place.key, slot]])))
      const bits = slots.filter(slot => slot.place.key === undefined)
      const lists = listsOf(choices, definitions)
      const { reader } = table
      return record => {
        const custom = new Map<string, Custom[string]>()
        const take = (slot: Slot): void => {
          const value = custom.has(slot.name) ? undefined : read(slot, reader, record)
          if (value === undefined) return
          custom.set(slot.name, value)
          if (used.has(slot.key)) return
          const { name, kind, source } = slot
          const listed = lists.get(slot.number)
          const values = listed?.flatMap(uid => {
            const choice = choices.get(uid)
            const value = choice && (kind === 'code' ? pathOf(uid) : decode(kind, choice.value))
            if (choice === undefined || value === undefined) return []
            return [{ value: String(value), ...(choice.description && { label: choice.description }) }]
          })
          used.set(slot.key, { of, name, kind, source, ...(values && values.length > 0 && { values }) })
        }
        for (const key of reader.variable.fields(record.id)) {
          const slot = variable.get(key)
          if (slot) take(slot)
        }
        for (const slot of bits) take(slot)
        return custom.size > 0 ? Object.fromEntries(custom) : undefined
      }
    },
    used: () => [...used.values()],
  }
}

/** Assignments may keep a value, or a second copy of it, under a number of its own: these, from 0x4000 on. */
const copies: readonly string[] = (
  [
    ['Date', 10],
    ['Flag', 20],
    ['Cost', 10],
    ['Duration', 10],
    ['Finish', 10],
    ['Number', 20],
    ['Outline Code', 10],
    ['Start', 10],
    ['Text', 30],
  ] as const
).flatMap(([name, count]) => Array.from({ length: count }, (_, i) => `${name}${i + 1}`))
const firstCopy = 0x4000

/** The custom fields of a kind of records: those Project numbers, and the enterprise's own. */
function slotsOf(of: Owner, table: Table, definitions: Definitions, enterprise: readonly number[]): Slot[] {
  const slots: Slot[] = []
  const taken = new Set<string>()
  const add = (place: FieldPlace, own: string, kind: Kind, number: number): void => {
    const wanted = definitions.aliases.get(number) ?? own
    const name = taken.has(wanted) ? `${wanted} (${own})` : wanted
    taken.add(name)
    slots.push({ place, number, name, kind, source: own, key: `${of} ${place.field}` })
  }
  const seen = new Set<number>()
  for (const place of table.reader.map.fields) {
    if (seen.has(place.field)) continue
    seen.add(place.field)
    // An outline code is stored under the number after its own.
    const own = fieldSource(of, place.field)
    const source = own ?? fieldSource(of, place.field - 1)
    if (source === undefined || (kindOfSource(source) === 'code') === (own !== undefined)) continue
    add(place, source, kindOfSource(source), own === undefined ? place.field - 1 : place.field)
  }
  if (of === 'assignment') {
    const own = new Map(slots.map(slot => [slot.source, slot]))
    copies.forEach((source, i) => {
      const slot = own.get(source)
      if (slot) slots.push({ ...slot, place: { ...slot.place, category: category.bytes, key: firstCopy + i } })
    })
  }
  for (const number of new Set(enterprise)) {
    const own = number & 0xffff
    if ((own & enterpriseBit) === 0 || fieldNumber(of, own) !== number) continue
    const kind = definitions.kinds.get(own) ?? 'text'
    const place: FieldPlace = { field: own, category: category.text, part: 0, key: own }
    add(place, `Field ${number}`, kind, own)
  }
  return slots
}

/** Numbers of the listed values by field. */
function listsOf(choices: ReadonlyMap<number, Choice>, definitions: Definitions): Map<number, number[]> {
  const lists = new Map<number, number[]>()
  for (const [uid, choice] of choices) {
    const field = choice.field ?? (choice.table === undefined ? undefined : definitions.lists.get(choice.table))
    if (field !== undefined) pushTo(lists, field, uid)
  }
  return lists
}

/** Working time as Project XML writes it. */
function isoOfTenths(tenths: number): string {
  const seconds = Math.abs(tenths) * 6
  const hours = Math.floor(seconds / 3600)
  return `${tenths < 0 ? '-' : ''}PT${hours}H${Math.floor((seconds % 3600) / 60)}M${seconds % 60}S`
}
