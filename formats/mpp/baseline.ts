// Baselines 0 to 10 of tasks and assignments: each has its own fields, numbered with a constant step.
import type { TaskBaseline } from '@yingzao/engines/schedule/plan'
import type { Draft } from '../field.ts'
import type { FieldReader, RecordBytes } from './field-map.ts'
import { date, duration, money, type StoredField, storedFieldsOf, unlessZero, work } from './value.ts'

const baseline = storedFieldsOf<TaskBaseline>()

const numbers = Array.from({ length: 11 }, (_, n) => n)

/** Of two fields for one value the first that is filled counts: since 2010 what the user sees, then what is computed. */
type Alternatives = readonly StoredField<TaskBaseline>[]

function taskFields(n: number): readonly Alternatives[] {
  const base = n === 0 ? undefined : n <= 5 ? 482 + 11 * (n - 1) : 544 + 11 * (n - 6)
  const shown = 1299 + 3 * n
  return [
    [baseline(shown, 'start', date), baseline(base ?? 43, 'start', date)],
    [baseline(shown + 1, 'finish', date), baseline(base === undefined ? 44 : base + 1, 'finish', date)],
    [
      baseline(shown + 2, 'duration', unlessZero(duration)),
      baseline(base === undefined ? 27 : base + 5, 'duration', unlessZero(duration)),
    ],
    [baseline(base === undefined ? 1 : base + 3, 'work', unlessZero(work))],
    [baseline(base === undefined ? 6 : base + 2, 'cost', unlessZero(money))],
  ]
}

function assignmentFields(n: number): readonly Alternatives[] {
  const base = n === 0 ? undefined : 289 + 9 * (n - 1)
  return [
    [baseline(base === undefined ? 146 : base + 6, 'start', date)],
    [baseline(base === undefined ? 147 : base + 7, 'finish', date)],
    [baseline(base === undefined ? 16 : base, 'work', unlessZero(work))],
    [baseline(base === undefined ? 32 : base + 1, 'cost', unlessZero(money))],
  ]
}

const fieldsOf = { task: numbers.map(taskFields), assignment: numbers.map(assignmentFields) }

/** Reads the baselines a record has; undefined when it has none. */
export function baselineReader(
  of: keyof typeof fieldsOf,
  reader: FieldReader,
): (record: RecordBytes) => TaskBaseline[] | undefined {
  const known = fieldsOf[of].map(fields =>
    fields.map(choices => choices.filter(f => reader.map.get(f.field) !== undefined)),
  )
  // Most records have no baseline: which ones, the directory of their values tells, but for fields of fixed place.
  const byKey = new Map<number, number>()
  const always = new Set<number>()
  known.forEach((fields, number) => {
    for (const { field } of fields.flat()) {
      const key = reader.map.get(field)?.key
      if (key === undefined) always.add(number)
      else byKey.set(key, number)
    }
  })
  return record => {
    const found: TaskBaseline[] = []
    const present = new Set(always)
    for (const key of reader.variable.fields(record.id)) {
      const number = byKey.get(key)
      if (number !== undefined) present.add(number)
    }
    known.forEach((fields, number) => {
      if (!present.has(number)) return
      const draft: Draft<TaskBaseline> = {}
      for (const choices of fields)
        for (const choice of choices) {
          const one: Draft<TaskBaseline> = {}
          choice.read(reader, record, one)
          if (Object.keys(one).length === 0) continue
          Object.assign(draft, one)
          break
        }
      if (Object.keys(draft).length > 0) found.push({ ...draft, number })
    })
    return found.length > 0 ? found : undefined
  }
}

export const claimedBaselineFields = (of: keyof typeof fieldsOf): number[] => fieldsOf[of].flat(2).map(f => f.field)
