// Reads Primavera P6 XML (APIBusinessObjects, P6 6 to current), streaming, into the tables of P6's database and from
// there into plans: the two files of P6 hold the same rows under other names, so one reader of the tables serves both.
import type { Plan } from '@yingzao/engines/schedule/plan'
import { allowance, defaultLimits, type ReadLimits, Refused } from '../limit.ts'
import { type LossLog, lossLog } from '../loss.ts'
import { plansOfTables } from '../xer/read.ts'
import { xmlCleaner } from '../xml/clean.ts'
import { childrenOf, recordParser, type XmlNode } from '../xml/record.ts'
import { calendarText } from './calendar.ts'
import { objects, silent } from './record.ts'
import { gatherTables } from './tables.ts'
import { inWordsOfXml } from './words.ts'

/** Feed decoded text in order, then run the steps of `end()`; throws `Refused` on what is no such file or too much. */
export interface PrimaveraReader {
  write(text: string): void
  end(): Generator<void, Plan[], void>
}

/** A Project or BaselineProject whose records are being read. */
interface OpenProject {
  isBaseline: boolean
  /** Only named because links of another project come from it: no plan of its own. */
  isExternal: boolean
  /** Number of its rows: its ObjectId, which P6 writes before its records. */
  id: string
  fields: Map<string, string>
  wbs: Record<string, string>[]
  needsRoot: boolean
}

type Row = Record<string, string>

/** `2024-03-01T08:00:00`, which the database writes `2024-03-01 08:00`. */
const instant = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d):00$/

/** Parts of a record that are read by hand. */
const parts: ReadonlyMap<string, readonly string[]> = new Map([
  ['Calendar', ['StandardWorkWeek', 'HolidayOrExceptions']],
  ['Activity', ['Code', 'UDF']],
  ['Resource', ['UDF']],
  ['ResourceAssignment', ['UDF']],
  ['WBS', ['UDF']],
])

export function pmxmlReader(xmlLosses: LossLog = lossLog(), limits: ReadLimits = defaultLimits): PrimaveraReader {
  const losses = inWordsOfXml(xmlLosses)
  const spend = allowance(limits)
  const tables = gatherTables()
  const projects: OpenProject[] = []
  let open: OpenProject | undefined
  let currency: string | undefined

  /** Texts under the names of the columns; elements that have none keep their own. */
  const rowOf = (name: string, fields: ReadonlyMap<string, string>): Row => {
    const spec = objects.get(name)
    const row: Row = {}
    for (const [element, written] of fields) {
      const text = written.trim()
      if (text === '' || spec?.derived.has(element)) continue
      const known = spec?.columns.get(element)
      if (!known) {
        row[element] = written
        continue
      }
      const value = known.spelling ? known.spelling(text) : written.replace(instant, '$1 $2')
      if (value === undefined) losses.add('value', `${name}/${element}`, text)
      else row[known.column] = value
    }
    return row
  }

  const project = (): string | undefined => {
    if (open && open.id === '') open.id = open.fields.get('ObjectId') ?? `project-${projects.length}`
    return open?.id
  }

  const record = (list: string, node: XmlNode): void => {
    spend('records', 1 + node.children.length)
    const { name, fields } = node
    if (name === 'DisplayCurrency') currency = childrenOf(node, 'Currency')[0]?.fields.get('Id') ?? currency
    const spec = objects.get(name)
    if (!spec || (open && (name === 'Code' || name === 'UDF'))) {
      if (!silent.has(name)) losses.add('structure', list === '' ? name : `${list}/${name}`, labelOf(node))
      return
    }
    if (name === 'Activity' || name === 'WBS') spend('tasks')
    if (name === 'Calendar')
      spend(
        'records',
        node.children.reduce((n, c) => n + c.children.length, 0),
      )
    const row = rowOf(name, fields)
    const own = project()
    // A relationship stands with its successor; its own words win, since it may name two projects.
    if (own !== undefined && !(name === 'Relationship' && row.proj_id !== undefined)) row.proj_id = own
    if (name === 'Calendar' && row.clndr_type === 'CA_Base') delete row.proj_id
    const known = parts.get(name) ?? []
    for (const part of node.children) if (!known.includes(part.name)) losses.add('structure', `${name}/${part.name}`)
    values(node, spec.table, fields.get('ObjectId') ?? '', own)

    switch (name) {
      case 'Calendar': {
        const data = calendarText(node, losses)
        if (data !== undefined) row.clndr_data = data
        break
      }
      case 'WBS':
        if (open) open.wbs.push(row)
        else tables.add(spec.table, row)
        return
      case 'ScheduleOptions':
        options(fields, row.proj_id)
        return
      case 'Activity':
        // P6 Professional writes the dates of the remaining work only; until it starts they are the early and late dates.
        row.early_start_date ??= row.restart_date ?? ''
        row.early_end_date ??= row.reend_date ?? ''
        row.late_start_date ??= row.rem_late_start_date ?? ''
        row.late_end_date ??= row.rem_late_end_date ?? ''
        if (open && row.wbs_id === undefined) {
          row.wbs_id = open.fields.get('WBSObjectId') ?? rootId(open)
          open.needsRoot = true
        }
        break
    }
    tables.add(spec.table, row)
  }

  /** Codes and user-defined fields that stand inside their record. */
  const values = (node: XmlNode, table: string, id: string, own: string | undefined): void => {
    for (const part of childrenOf(node, 'UDF')) tables.add('UDFVALUE', { ...rowOf('UDF', part.fields), fk_id: id })
    if (table === 'TASK')
      for (const part of childrenOf(node, 'Code'))
        tables.add('TASKACTV', { ...rowOf('Code', part.fields), task_id: id, proj_id: own })
  }

  const options = (fields: ReadonlyMap<string, string>, id: string | undefined): void => {
    const out = fields.get('OutOfSequenceScheduleType')?.trim() ?? ''
    if (out !== '' && !['Retained Logic', 'Progress Override', 'Actual Dates'].includes(out))
      losses.add('value', 'ScheduleOptions/OutOfSequenceScheduleType', out)
    const row: Row = {}
    const spec = objects.get('ScheduleOptions')
    for (const [column, value] of Object.entries(rowOf('ScheduleOptions', fields)))
      if ([...(spec?.columns.values() ?? [])].some(c => c.column === column)) row[column] = value
    tables.add('SCHEDOPTIONS', {
      ...row,
      proj_id: id,
      sched_retained_logic: out === 'Progress Override' || out === 'Actual Dates' ? 'N' : 'Y',
      sched_progress_override: out === 'Progress Override' ? 'Y' : 'N',
    })
    for (const element of ['CriticalActivityPathType', 'CriticalActivityFloatThreshold']) {
      const value = fields.get(element)
      if (value && open && !open.fields.has(element)) open.fields.set(element, value)
    }
  }

  const finish = (item: OpenProject): void => {
    open = item
    const { fields } = item
    const id = project() ?? ''
    if (fields.get('ObjectId') !== undefined && fields.get('ObjectId') !== id)
      losses.add('reference', 'Project/ObjectId', fields.get('ObjectId'))
    if (fields.has('OutOfSequenceScheduleType')) options(fields, id)
    tables.add('PROJECT', {
      ...rowOf('Project', fields),
      proj_id: id,
      project_flag: item.isBaseline ? 'N' : 'Y',
      ...(item.isExternal && { external: 'Y' }),
    })
    if (item.isExternal) return
    const title = fields.get('Name')
    const tops = item.wbs.filter(row => !row.parent_wbs_id || row.parent_wbs_id === '0')
    const [top] = tops
    const isSame = top && tops.length === 1 && (top.wbs_name === title || top.wbs_short_name === fields.get('Id'))
    const named = fields.get('WBSObjectId') || undefined
    const root = named ?? (isSame && !item.needsRoot ? top.wbs_id : undefined) ?? rootId(item)
    if (!item.wbs.some(row => row.wbs_id === root))
      tables.add('PROJWBS', {
        ...{ wbs_id: root, proj_id: id, proj_node_flag: 'Y', wbs_short_name: fields.get('Id') },
        wbs_name: title ?? fields.get('Id'),
      })
    for (const row of item.wbs) {
      const isRoot = row.wbs_id === root
      const parent = row.parent_wbs_id && row.parent_wbs_id !== '0' ? row.parent_wbs_id : root
      tables.add('PROJWBS', {
        ...row,
        ...(isRoot ? { proj_node_flag: 'Y', parent_wbs_id: '' } : { parent_wbs_id: parent }),
      })
    }
  }

  const badCharacters = xmlCleaner(piece => losses.add('bytes', 'file', piece))
  const parser = recordParser(
    {
      root(name) {
        if (name !== 'APIBusinessObjects') throw new Refused('plan_file.xml', { root: name.slice(0, 80) })
      },
      isList: name => {
        const is = name === 'Project' || name === 'BaselineProject'
        if (!is) open = undefined
        return is
      },
      begin(name, attributes) {
        spend('records')
        open = {
          ...{ isBaseline: name === 'BaselineProject', isExternal: attributes.external === 'true' },
          ...{ id: '', fields: new Map(), wbs: [], needsRoot: false },
        }
        projects.push(open)
      },
      property() {},
      leaf: (_list, name, text) => open?.fields.set(name, text),
      record,
    },
    limits,
  )

  return {
    write: text => parser.write(badCharacters(text)),
    *end() {
      parser.write(badCharacters('', true))
      parser.end()
      for (const item of projects) finish(item)
      const header: string[] = []
      header[8] = currency ?? ''
      return yield* plansOfTables(tables.file(header), losses, limits)
    },
  }
}

const rootId = (item: OpenProject): string => `root-${item.id}`

/** What a person would know the record by. */
const labelOf = (node: XmlNode): string | undefined =>
  ['Name', 'Id', 'Title', 'ObjectId'].map(field => node.fields.get(field)).find(text => text)
