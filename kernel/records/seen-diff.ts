// Of a difference what its reader sees of the record today: whole, masked, or not at all; in lines as in the record itself.
import type { FieldKind, HistoryEntry, Json } from '@yingzao/kernel/entity'
import type { Shape } from '../registry/shape.ts'
import type { DatabaseRow } from './flag.ts'
import { masked } from './mask.ts'
import type { Presenter } from './present.ts'

type Diff = Readonly<Record<string, readonly [Json, Json]>>

/** `row` was read with the columns of `view`. */
export const seenDiff = (shape: Shape, view: Presenter, row: DatabaseRow, diff: Diff): HistoryEntry['diff'] =>
  [...shape.fields.keys()].flatMap(field => shown(shape, view, row, field, diff[field]))

/** Fields that are not declared any more are left out: nobody can hold a right to them. */
function shown(
  shape: Shape,
  view: Presenter,
  row: DatabaseRow,
  name: string,
  change: Diff[string] | undefined,
): HistoryEntry['diff'] {
  const field = shape.fields.get(name)
  if (!field || !change) return []
  const [before, after] = change
  const entry = (left: Json, right: Json) => [
    { field: name, kind: field.def.kind satisfies FieldKind, before: left, after: right },
  ]
  if (field.def.kind === 'lines') {
    const of = shape.lines.find(each => each.field === name)?.of
    return of && view.sees(row, name)
      ? entry(linesShown(of, view, row, name, before), linesShown(of, view, row, name, after))
      : []
  }
  if (view.sees(row, name)) return entry(before, after)
  return view.masks(row, name) ? entry(masked(before, field.def), masked(after, field.def)) : []
}

function linesShown(of: Shape, view: Presenter, row: DatabaseRow, lines: string, value: Json): Json {
  if (!Array.isArray(value)) return []
  return value.map((line: Json) => {
    if (typeof line !== 'object' || line === null || Array.isArray(line)) return null
    return Object.fromEntries(
      Object.entries(line).flatMap(([name, each]): [string, Json][] => {
        if (name === 'id' || name === 'position') return [[name, each]]
        const field = of.fields.get(name)
        if (!field) return []
        if (view.sees(row, `${lines}.${name}`)) return [[name, each]]
        return view.masks(row, `${lines}.${name}`) ? [[name, masked(each, field.def)]] : []
      }),
    )
  })
}
