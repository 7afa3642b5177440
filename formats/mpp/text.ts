// Texts beside the plan's own fields: notes, hyperlinks, and what only Microsoft Project has a use for.

import { formatMinute } from '@yingzao/engines/schedule/civil'
import type { Extra } from '@yingzao/engines/schedule/plan'
import type { Owner } from '../mspdi/custom-field.ts'
import { narrowText, wideText } from './bytes.ts'
import type { FieldReader, RecordBytes } from './field-map.ts'
import { plainText } from './rtf.ts'
import { date } from './value.ts'

/** A note as plain text; undefined when there is none. */
export function noteOf(reader: FieldReader, record: RecordBytes, field: number): string | undefined {
  const data = reader.bytes(record, field)
  return data && data.length > 0 ? plainText(narrowText(data, 0)) || undefined : undefined
}

/** A hyperlink is four texts, each after twelve bytes: what is shown, the address, the place in it, the tip. */
function hyperlinkOf(data: Uint8Array): readonly string[] {
  const texts: string[] = []
  let at = 12
  for (let i = 0; i < 3 && at + 12 < data.length; i++) {
    at += 12
    const part = wideText(data, at)
    texts.push(part)
    at += (part.length + 1) * 2
  }
  return texts
}

type Kind = 'text' | 'guid' | 'date' | 'flag'

/** Elements of Project XML that the plan keeps aside, by field number. */
const elements: Readonly<Record<Owner, readonly (readonly [field: number, element: string, kind: Kind])[]>> = {
  task: [
    [1143, 'GUID', 'guid'],
    [93, 'CreateDate', 'date'],
    [112, 'Contact', 'text'],
    [1285, 'StartText', 'text'],
    [1286, 'FinishText', 'text'],
    [1287, 'DurationText', 'text'],
    [109, 'HideBar', 'flag'],
    [82, 'Rollup', 'flag'],
  ],
  resource: [
    [728, 'GUID', 'guid'],
    [2, 'Initials', 'text'],
    [252, 'Phonetics', 'text'],
    [311, 'NTAccount', 'text'],
    [752, 'IsBudget', 'flag'],
  ],
  assignment: [
    [636, 'GUID', 'guid'],
    [634, 'CreationDate', 'date'],
  ],
}

const links: Readonly<Record<Owner, number>> = { task: 215, resource: 136, assignment: 150 }
const linkElements = ['Hyperlink', 'HyperlinkAddress', 'HyperlinkSubAddress']

export function extraReader(of: Owner, reader: FieldReader): (record: RecordBytes) => Extra | undefined {
  return record => {
    const extra: [string, string][] = []
    for (const [field, element, kind] of elements[of]) {
      const value = valueOf(reader, record, field, kind)
      if (value) extra.push([element, value])
    }
    const link = reader.bytes(record, links[of])
    if (link)
      hyperlinkOf(link).forEach((part, i) => {
        const element = linkElements[i]
        if (part && element) extra.push([element, part])
      })
    return extra.length > 0 ? Object.fromEntries(extra) : undefined
  }
}

function valueOf(reader: FieldReader, record: RecordBytes, field: number, kind: Kind): string | undefined {
  if (kind === 'text') return reader.text(record, field)
  if (kind === 'guid') return reader.guid(record, field)
  if (kind === 'flag') return reader.bit(record, field) ? '1' : undefined
  const at = date(reader, record, field)
  return at === undefined ? undefined : `${formatMinute(at)}:00`
}

export const claimedExtraFields = (of: Owner): number[] => [...elements[of].map(([field]) => field), links[of]]
