// A condition of a branch in the reader's words: fields and choices by their labels, FEEL's few words in his language. What is not
// known stays as it is written.
import type { FieldMeta, Label } from '@yingzao/kernel/entity'

const tokens = /"(?:[^"\\]|\\.)*"|[A-Za-z_][\w.]*|[<>!]=?|=|\d+(?:\.\d+)?|\S/g
const words: Readonly<Record<string, Label>> = {
  and: { zh: '且', en: 'and' },
  or: { zh: '或', en: 'or' },
  'not(': { zh: '非(', en: 'not(' },
  '= null': { zh: '未填', en: 'is empty' },
  '!= null': { zh: '已填', en: 'is given' },
  '>=': { zh: '≥', en: '≥' },
  '<=': { zh: '≤', en: '≤' },
  '!=': { zh: '≠', en: '≠' },
}

/** `direction = "out" and project != null` as 收支 = 支出 且 项目 已填. */
export function conditionWords(when: string, fields: readonly FieldMeta[], label: (of: Label) => string): string {
  const known = new Map(fields.map(field => [field.name, field]))
  const parts = when.match(tokens) ?? []
  const said: string[] = []
  let last: FieldMeta | undefined
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at] ?? ''
    const two = `${part} ${parts[at + 1] ?? ''}`
    const pair = words[two]
    if (pair) {
      said.push(label(pair))
      at++
      continue
    }
    const field = known.get(part)
    last = field ?? last
    const option = last && 'options' in last && part.startsWith('"') ? last.options[part.slice(1, -1)] : undefined
    const word = words[part]
    said.push(field ? label(field.label) : option ? label(option) : word ? label(word) : part)
  }
  return said.join(' ').replace(/\( /g, '(').replace(/ \)/g, ')')
}
