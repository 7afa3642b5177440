// The account of what a record holds beyond what the plan has a place for.
import type { LossCode, LossLog } from '../loss.ts'
import { fieldSource, type Owner } from '../mspdi/custom-field.ts'
import { claimedAssignmentFields } from './assignment.ts'
import { claimedBaselineFields } from './baseline.ts'
import { u8 } from './bytes.ts'
import { category, type FieldPlace, type RecordBytes } from './field-map.ts'
import { claimedResourceFields } from './resource.ts'
import type { Table } from './table.ts'
import { claimedTaskFields } from './task.ts'
import { claimedExtraFields } from './text.ts'

/** `71-75,80 Marked`: numbers of fields and the name they are reported under. */
type Named = Readonly<Record<string, string>>

/**
 * Filled fields that are lost, by the name Project XML has for them. Fixed fields and flags are only reported when named
 * here; values of variable length, where people's own data is, also when they are not: under their number.
 */
const lost: Readonly<Record<Owner, { field: Named; structure: Named }>> = {
  task: {
    field: {
      '71': 'Marked',
      '101': 'ResumeNoEarlierThan',
      '480,489,500,511,522,533,551,562,573,584,595': 'Baseline/FixedCost',
      '164,165,168-170': 'OvertimeWork',
      '1171,1172': 'BudgetWork',
      '1176,1177,1183,1184,1190,1191,1197,1198,1204,1205,1211,1212,1218,1219,1225,1226,1232,1233,1239,1240,1246,1247':
        'Baseline/BudgetWork',
      '849-948': 'EnterpriseProjectField',
      '969-1088': 'EnterpriseProjectField',
      '739-797': 'EnterpriseOutlineCode',
      '1166': 'StatusManager',
      '1146,1147,1152,1153,1276': 'Deliverable',
      '1407,1409-1413': 'Board',
    },
    structure: {
      '203': 'Recurring',
      '173-175,371,481,486,492,497,503,508,514,519,525,530,536,543,548,554,559,565,570,576,581,587,592':
        'TimephasedData',
    },
  },
  resource: {
    field: {
      '15,17,259,260,342,343,348,349,352,353,358,359,362,363,368,369,372,373,378,379,382,383,388,389': 'Baseline',
      '392,393,398,399,402,403,408,409,412,413,418,419,422,423,428,429,432,433,438,439': 'Baseline',
      '753,754': 'BudgetWork',
      '756-799': 'Baseline/BudgetWork',
      '586-644': 'EnterpriseOutlineCode',
      '740': 'AssnOwner',
    },
    structure: { '68,69': 'TimephasedData' },
  },
  assignment: {
    field: {
      '72': 'Confirmed',
      '145': 'LevelingDelay',
      '270': 'RateScale',
      '441-460': 'EnterpriseFlag',
      '381-430,461-540': 'EnterpriseField',
      '669,670': 'BudgetWork',
      '673-714': 'Baseline/BudgetWork',
      '668': 'AssnOwner',
    },
    structure: {
      '51-54,87,144': 'TimephasedData',
      '291-294,300-303,309-312,318-321,327-330,336-339,345-348,354-357,363-366,372-375': 'TimephasedData',
    },
  },
}

/** Values of variable length that follow from others, name units, or only matter inside one installation. */
const internal: Readonly<Record<Owner, string>> = {
  task:
    '118,124,127,144,147,148,152,179,183-185,195-197,202,208,242,244,255,337-350,361-365,369,370,373,384,392,393,415,458,488,499,510,521,532,550,561,572,583,594,649-658,839-848,' +
    '1144,1173,1180,1187,1194,1201,1208,1215,1222,1229,1236,1243,1251-1255,1291,1292,1379,1380',
  resource: '85,120-122,245-251,341,496-505,655,739',
  assignment:
    '14,30,31,64,65,67,116-118,238-244,264,267,297,306,315,324,333,342,351,360,369,378,431-440,605,630,631,652,665,667',
}

const prefix: Readonly<Record<Owner, string>> = { task: 'Task', resource: 'Resource', assignment: 'Assignment' }

const claimed: Readonly<Record<Owner, readonly number[]>> = {
  task: [...claimedTaskFields, ...claimedBaselineFields('task')],
  resource: [...claimedResourceFields],
  assignment: [...claimedAssignmentFields, ...claimedBaselineFields('assignment')],
}

const numbersOf = (list: string): number[] =>
  list.split(',').flatMap(range => {
    const [from = 0, to = from] = range.split('-').map(Number)
    return Array.from({ length: to - from + 1 }, (_, i) => from + i)
  })

interface Watched {
  place: FieldPlace
  code: LossCode
  path: string
}

/** A reporter of what the records of a table hold beyond the plan; `custom` fields are the plan's own. */
export function unreadFields(of: Owner, table: Table, losses: LossLog): (record: RecordBytes) => void {
  const names = new Map<number, Pick<Watched, 'code' | 'path'>>()
  for (const code of ['field', 'structure'] as const)
    for (const [list, name] of Object.entries(lost[of][code]))
      for (const field of numbersOf(list)) names.set(field, { code, path: `${prefix[of]}/${name}` })
  const known = new Set([...claimed[of], ...claimedExtraFields(of), ...numbersOf(internal[of])])
  const fixed: Watched[] = []
  const variable = new Map<number, Watched>()
  const seen = new Set<number>()
  for (const place of table.reader.map.fields) {
    const { field, key } = place
    if (seen.has(field)) continue
    seen.add(field)
    const isCustom = fieldSource(of, field) !== undefined || fieldSource(of, field - 1) !== undefined
    const named = names.get(field)
    if (!named && (known.has(field) || isCustom)) continue
    if (key !== undefined) variable.set(key, { place, ...(named ?? { code: 'field', path: `${prefix[of]}/${field}` }) })
    else if (named) fixed.push({ place, ...named })
  }
  return record => {
    const look = ({ place, code, path }: Watched): void => {
      if (isFilled(table, record, place)) losses.add(code, path)
    }
    for (const key of table.reader.variable.fields(record.id)) {
      const watched = variable.get(key)
      if (watched) look(watched)
    }
    for (const watched of fixed) look(watched)
  }
}

/** Whether a field holds anything but zeros and "none". */
function isFilled(table: Table, record: RecordBytes, place: FieldPlace): boolean {
  if (place.category === category.flag || place.category === category.bit)
    return table.reader.bit(record, place.field) === true
  const data = table.reader.bytes(record, place.field)
  if (!data) return false
  const size = Math.min(data.length, place.key === undefined ? sizeOf(place.category) : 64)
  let zeros = true
  let ones = true
  for (let i = 0; i < size; i++) {
    if (u8(data, i) !== 0) zeros = false
    if (u8(data, i) !== 0xff) ones = false
  }
  // The smallest double Project stores stands for "nothing", as all ones do for dates.
  const isNothing = size === 8 && u8(data, 7) === 0xbe && place.category === category.amount
  return !zeros && !ones && !isNothing
}

const sizeOf = (kind: number): number =>
  kind === category.short
    ? 2
    : kind === category.integer || kind === category.date
      ? 4
      : kind === category.guid
        ? 16
        : 8
