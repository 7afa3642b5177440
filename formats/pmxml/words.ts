// Losses named in the words of the XML file: readers of P6's tables name tables and columns.
import type { LossLog } from '../loss.ts'
import { objects } from './record.ts'

const elementOf = new Map<string, string>()
for (const [name, { table, columns }] of objects) {
  if (!elementOf.has(table)) elementOf.set(table, name)
  for (const [element, { column }] of columns) {
    const key = `${table}.${column}`
    if (!elementOf.has(key)) elementOf.set(key, element)
  }
}

/** `TASK.cstr_type` → `Activity/PrimaryConstraintType`. */
function pathInXml(path: string): string {
  const [, table = '', column, rest = ''] = /^([A-Z]+)(?:[./](\w+))?(.*)$/s.exec(path) ?? []
  const name = elementOf.get(table)
  if (name === undefined) return path
  const inner = column === undefined ? '' : `/${elementOf.get(`${table}.${column}`) ?? column}`
  return `${name}${inner}${rest}`
}

export const inWordsOfXml = (losses: LossLog): LossLog => ({
  add: (code, path, example) => losses.add(code, pathInXml(path), example),
  list: () => losses.list(),
})
