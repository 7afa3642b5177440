// The numbered fields of MPX task and resource records, declared by the element of Project's XML that holds the same.

/** How the text of a field is written. */
export type FieldKind =
  | 'text'
  | 'integer'
  | 'number'
  | 'percent'
  | 'units'
  | 'money'
  | 'flag'
  | 'fixed'
  | 'start'
  | 'finish'
  | 'duration'
  | 'tenths'
  | 'constraint'
  | 'priority'
  | 'accrual'
  | 'rate'

export interface FieldSpec {
  kind: FieldKind
  element: string
  /** `Baseline` = an element of baseline 0, `custom` = a custom field. */
  in?: 'Baseline' | 'custom'
  /** Heading in an English record 40 or 60, for files without the numbers. */
  heading: string
}

/** Links and what only Project shows: read by hand, or sums of other fields. */
export type ByHand = 'predecessors' | 'successors' | 'unique predecessors' | 'unique successors' | 'derived'

type FieldTable = ReadonlyMap<number, FieldSpec | ByHand>

/** Lines `number kind element [heading]`; `number…number kind Name#` for runs of custom fields. */
function table(text: string): FieldTable {
  const fields = new Map<number, FieldSpec | ByHand>()
  for (const line of text.split(/\s*[\n;]\s*/)) {
    const [numbers = '', kind = '', element = '', ...heading] = line.trim().split(' ')
    if (numbers === '') continue
    for (const [i, number] of numbers.split(',').flatMap(range).entries()) {
      const spec = specOf(kind, element.replace('#', String(i + 1)), heading.join(' '))
      if (spec) fields.set(number, spec)
    }
  }
  return fields
}

const range = (text: string): number[] => {
  const [from = 0, to = from] = text.split('-').map(Number)
  return Array.from({ length: to - from + 1 }, (_, i) => from + i)
}

const kinds: readonly FieldKind[] = [
  ...(['text', 'integer', 'number', 'percent', 'units', 'money', 'flag', 'fixed', 'start', 'finish'] as const),
  ...(['duration', 'tenths', 'constraint', 'priority', 'accrual', 'rate'] as const),
]

function specOf(word: string, element: string, heading: string): FieldSpec | ByHand | undefined {
  switch (word) {
    case 'derived':
    case 'predecessors':
    case 'successors':
      return word
    case 'unique-predecessors':
      return 'unique predecessors'
    case 'unique-successors':
      return 'unique successors'
  }
  const kind = kinds.find(k => k === word)
  if (kind === undefined) return undefined
  const [name = '', part] = element.split('@').reverse()
  const spaced = heading || name.replace(/([a-z])([A-Z])/g, '$1 $2')
  if (part === 'Baseline') return { kind, element: name, in: 'Baseline', heading: `Baseline ${spaced}` }
  return { kind, element: name, ...(part === 'custom' && { in: 'custom' as const }), heading: spaced }
}

export const taskFields: FieldTable = table(`
  1 text Name; 2 text WBS; 3 integer OutlineLevel; 4-13 text custom@Text#; 14 text Notes; 15 text Contact
  16 derived; 20 duration Work; 21 duration Baseline@Work; 22 duration ActualWork; 23 duration RemainingWork
  24 derived; 25 percent PercentWorkComplete % Work Complete; 30 money Cost; 31 money Baseline@Cost
  32 money ActualCost; 33 money RemainingCost; 34 derived; 35 money FixedCost; 36-38 money custom@Cost#
  40 duration Duration; 41 duration Baseline@Duration; 42 duration ActualDuration; 43 duration RemainingDuration
  44 percent PercentComplete % Complete; 45 derived; 46-48 duration custom@Duration#; 50 start Start; 51 finish Finish
  52 start EarlyStart; 53 finish EarlyFinish; 54 start LateStart; 55 finish LateFinish; 56 start Baseline@Start
  57 finish Baseline@Finish; 58 start ActualStart; 59 finish ActualFinish; 60,62,64,126,128 start custom@Start#
  61,63,65,127,129 finish custom@Finish#; 66-67 derived; 68 start ConstraintDate; 70 predecessors; 71 successors
  72-73 derived; 74 unique-predecessors; 75 unique-successors; 80 fixed Type Fixed; 81 flag Milestone; 82 flag Critical
  83 flag Marked; 84 flag Rollup; 85-88 derived; 90 integer ID; 91 constraint ConstraintType; 92 tenths LevelingDelay Delay
  93 tenths FreeSlack; 94 tenths TotalSlack; 95 priority Priority; 96 text SubprojectName Subproject File; 97 derived
  98 integer UID Unique ID; 99 derived; 110-119 flag custom@Flag#; 120 flag Summary; 121-122 derived; 123 flag HideBar
  125 start CreateDate Created; 130-136 derived; 140-144 number custom@Number#; 150 start Stop
  151 start Resume Resume No Earlier Than`)

export const resourceFields: FieldTable = table(`
  1 text Name; 2 text Initials; 3 text Group; 4 text Code; 5-9 text custom@Text#; 10 text Notes; 11 text EmailAddress
  20-26 derived; 30-34 derived; 40 integer ID; 41 units MaxUnits; 42 rate StandardRate; 43 rate OvertimeRate
  44 money CostPerUse; 45 accrual AccrueAt; 46-47 derived; 48 text BaseCalendar; 49 integer UID Unique ID; 50-51 derived`)

const headingsOf = (fields: FieldTable): ReadonlyMap<string, number> =>
  new Map(
    [...fields].flatMap(([number, spec]) =>
      typeof spec === 'string'
        ? spec === 'predecessors'
          ? [['predecessors', number] as const]
          : []
        : [[spec.heading.toLowerCase(), number] as const],
    ),
  )

export const taskHeadings = headingsOf(taskFields)
export const resourceHeadings = headingsOf(resourceFields)
