// Declares an element once, for reading and for writing, and accounts for whatever a record holds beyond those.
import type { Codec } from './codec.ts'
import type { LossLog } from './loss.ts'

/** What a record is read from: named texts, and the names of whatever is nested in it. */
export interface RecordNode {
  fields: ReadonlyMap<string, string>
  children: readonly { readonly name: string }[]
}

/** A record under construction. */
export type Draft<T> = { -readonly [K in keyof T]?: T[K] }

export interface Field<T> {
  element: string
  /** False when the text is not understood. */
  read(text: string, into: Draft<T>): boolean
  write(from: T): string | undefined
  /** Values finer than a minute are reported. */
  exact?: (text: string) => boolean
}

/** Declares fields of `T`: `f('Name', 'name', text)`. */
export function fieldsOf<T>() {
  return <K extends keyof T & string>(element: string, key: K, codec: Codec<NonNullable<T[K]>>): Field<T> => {
    const { exact } = codec
    return {
      element,
      read(text, into) {
        const value = codec.read(text)
        if (value === undefined) return false
        into[key] = value
        return true
      },
      write(from) {
        const value = from[key]
        return value === undefined || value === null ? undefined : codec.write(value)
      },
      ...(exact && { exact }),
    }
  }
}

/** Declares one kind of record. */
export interface RecordSpec<T> {
  /** Its name in the file: path of its losses. */
  name: string
  fields: readonly Field<T>[]
  /** Elements read by hand. */
  byHand: readonly string[]
  /** Elements that Project computes from others, or that only matter inside one installation. */
  derived: readonly string[]
  /** Elements kept aside unless they hold this value (Project's default); others' default is empty or zero. */
  usual: Readonly<Record<string, string>>
  /** Nested elements read by hand; other nested elements are losses. */
  parts: readonly string[]
}

const neutral = /^(|0|-1|0\.0+|false|PT0H0M0S|1984-01-01T00:00:00|NA)$/

/** Reads the declared fields; everything else of the node goes to `extra` or to the losses. */
export type RecordReader<T> = (node: RecordNode, into: Draft<T>) => Readonly<Record<string, string>> | undefined

export function recordReader<T>(spec: RecordSpec<T>, losses: LossLog): RecordReader<T> {
  const byElement = new Map(spec.fields.map(f => [f.element, f]))
  const ignored = new Set([...spec.byHand, ...spec.derived])
  const parts = new Set(spec.parts)
  return (node, into) => {
    const extra: [string, string][] = []
    for (const [element, value] of node.fields) {
      const field = byElement.get(element)
      if (field) {
        if (value === '') continue
        if (!field.read(value, into)) losses.add('value', `${spec.name}/${element}`, value)
        else if (field.exact && !field.exact(value)) losses.add('rounded', `${spec.name}/${element}`, value)
      } else if (!ignored.has(element)) {
        const usual = spec.usual[element]
        if (usual === undefined ? neutral.test(value.trim()) : value === usual || value === '') continue
        extra.push([element, value])
      }
    }
    for (const part of node.children) if (!parts.has(part.name)) losses.add('structure', `${spec.name}/${part.name}`)
    return extra.length > 0 ? Object.fromEntries(extra) : undefined
  }
}

/** Texts of a record by element or column. */
export type Texts = Readonly<Record<string, string | undefined>>

/** Texts of the declared fields of a record. */
export function fieldTexts<T>(fields: readonly Field<T>[], from: T): Record<string, string | undefined> {
  const texts: Record<string, string | undefined> = {}
  for (const field of fields) {
    const text = field.write(from)
    if (text !== undefined) texts[field.element] = text
  }
  return texts
}
