// The opened file: its folder for this version, its properties and its tables of records.
import { Refused } from '../limit.ts'
import { readProps } from './block.ts'
import { openCompound, type Storage } from './compound.ts'
import { type Definitions, readDefinitions } from './custom-field.ts'
import { type FieldMap, readFieldMap } from './field-map.ts'
import { generationName, type Layout, layoutOf } from './layout.ts'
import { type PropReader, prop, propReader } from './prop.ts'
import { readTable, type Table } from './table.ts'

export interface Source {
  readonly root: Storage
  readonly layout: Layout
  readonly props: PropReader
  readonly tables: Readonly<Record<'calendar' | 'task' | 'resource' | 'assignment' | 'link' | 'code', Table>>
  /** Names, kinds and value lists that people gave the custom fields of a table (`TBkndTask`). */
  definitions(table: string): Definitions
}

/**
 * @param bytes the whole file
 * @returns nothing of its records is read yet; throws `Refused` with `mpp.broken`, `mpp.password`, `mpp.version`,
 * `plan_file.ole` or a limit
 */
export function openSource(bytes: Uint8Array, spend: (what: 'records', n: number) => void): Source {
  const root = openCompound(bytes)
  const layout = layoutOf(root)
  const folder = layout && root.folder(layout.folder)
  if (!layout || !folder) throw new Refused('plan_file.ole')
  if (layout.generation === 8) throw new Refused('mpp.version', { version: generationName[layout.generation] })
  refuseLocked(propReader(readProps(root.stream(layout.fileProps))))
  const props = propReader(readProps(folder.stream('Props')))
  const table = (name: string, keys: readonly number[]): Table => {
    const map = mapOf(props, keys, layout)
    if (!map) throw new Refused('mpp.broken', { detail: name })
    return readTable(folder.folder(name), map, layout)
  }
  const tables = {
    calendar: table('TBkndCal', prop.calendarFields),
    task: table('TBkndTask', prop.taskFields),
    resource: table('TBkndRsc', prop.resourceFields),
    assignment: table('TBkndAssn', prop.assignmentFields),
    link: table('TBkndCons', prop.linkFields),
    code: table('TBkndOutlCode', prop.codeFields),
  }
  for (const { count } of Object.values(tables)) spend('records', count)
  return {
    ...{ root, layout, props, tables },
    definitions: name =>
      readDefinitions(
        propReader(readProps(folder.folder(name)?.stream('Props'))).first(prop.customFields),
        layout.generation,
      ),
  }
}

/** The streams of a file with a password to open are enciphered; one to write only leaves them readable. */
function refuseLocked(props: PropReader): void {
  const flag = props.bytes(prop.passwordFlag)?.[0] ?? 0
  if ((flag & 1) !== 0 && props.bytes(prop.passwordHash)) throw new Refused('mpp.password')
}

function mapOf(props: PropReader, keys: readonly number[], layout: Layout): FieldMap | undefined {
  const data = props.first(keys)
  if (!data) return undefined
  // Before 2007 the directory of variable values has one byte for the field: its number stands in the table.
  return layout.generation < 12 ? readFieldMap(data, (_, row) => row[6] ?? 0) : readFieldMap(data)
}
