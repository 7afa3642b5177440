// What finishing earlier costs: terms of time, and a table of tasks typed and pasted like a spreadsheet.
import { divide } from '@yingzao/engines/money'
import type { Plan, Task } from '@yingzao/engines/schedule/plan'
import type { Schedule } from '@yingzao/engines/schedule/result'
import { f, isDecimal, type Json } from '@yingzao/kernel/entity'
import { useSay } from '@yingzao/ui/data/say'
import { readDecimal } from '@yingzao/ui/field/decimal'
import { readBlock, readCell } from '@yingzao/ui/field/paste'
import { inputFields } from '@yingzao/ui/record/verb-bar.tsx'
import { CellEditor } from '@yingzao/ui/table/cell-editor.tsx'
import { Grid, type GridColumn } from '@yingzao/ui/table/grid.tsx'
import { useFormats, useText } from '@yingzao/ui/text/language.tsx'
import { Input, Segmented } from 'antd'
import { useId, useMemo, useState } from 'react'
import { type CrashInputs, crashableTasks, dayOfTask, type TaskCrash } from '../crash.ts'
import { taskNames } from './analysis.tsx'
import { text } from './crash-text.ts'

interface Props {
  readonly plan: Plan
  readonly schedule: Schedule | null
  readonly inputs: CrashInputs
  readonly contract: string | null
  readonly onChange: (inputs: CrashInputs) => void
}

export function CrashTerms({ inputs, contract, onChange }: Pick<Props, 'inputs' | 'contract' | 'onChange'>) {
  const t = useText(text)
  return (
    <div className="yz-stack">
      <div className="yz-crash-terms">
        {(['indirect', 'penalty', 'bonus'] as const).map(key => (
          <Amount
            key={key}
            label={t(key)}
            value={inputs[key]}
            onChange={value => onChange({ ...inputs, [key]: value })}
          />
        ))}
      </div>
      {contract === null && (inputs.penalty !== '' || inputs.bonus !== '') && (
        <p className="yz-soft">{t('noContract')}</p>
      )}
    </div>
  )
}

/** An amount as text, so that no digit is lost; what is typed counts when it is left. */
function Amount({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  const t = useText(text)
  const [typed, setTyped] = useState<string | null>(null)
  const id = useId()
  const read = (of: string) => (of.trim() === '' ? '' : readDecimal(of))
  const wrong = typed !== null && !fits(read(typed))
  const leave = () => {
    if (typed === null) return
    const next = read(typed)
    if (!fits(next)) return
    setTyped(null)
    if (next !== value) onChange(next)
  }
  return (
    <div>
      <label htmlFor={id} className="yz-hint yz-faint">
        {label}
      </label>
      <div>
        <Input
          id={id}
          inputMode="decimal"
          value={typed ?? value}
          {...(wrong ? { status: 'error' as const, 'aria-invalid': true } : {})}
          onChange={event => setTyped(event.target.value)}
          onBlur={leave}
          onPressEnter={leave}
        />
      </div>
      {wrong && (
        <span className="yz-bad yz-hint" role="alert">
          {t('notMoney')}
        </span>
      )}
    </div>
  )
}

const fits = (of: string | null): of is string => of !== null && of.length <= 20 && Number(of === '' ? 0 : of) >= 0

type Show = 'critical' | 'typed' | 'all'

interface Row {
  readonly task: Task
  readonly number: string
  readonly critical: boolean
  /** Days. */
  readonly float: number | null
  readonly kept: TaskCrash
}

const fields = inputFields({
  days: f.number({ zh: '最短工期', en: 'Shortest' }, { scale: 2, min: '0' }),
  cost: f.money({ zh: '增加费用', en: 'Cost' }),
  per: f.choice({ zh: '计价', en: 'Per' }, { day: { zh: '每天', en: 'a day' }, all: { zh: '合计', en: 'in all' } }),
})
const fieldOf = (key: string) => fields.find(({ name }) => name === key)
const order = ['days', 'cost', 'per'] as const

export function CrashTable({ plan, schedule, inputs, onChange }: Omit<Props, 'contract'>) {
  const t = useText(text)
  const say = useSay()
  const formats = useFormats()
  const hint = useId()
  const [show, setShow] = useState<Show>(inputs.tasks.length > 0 ? 'typed' : 'critical')
  const kept = useMemo(() => new Map(inputs.tasks.map(each => [each.task, each])), [inputs.tasks])
  const all = useMemo(() => {
    const names = taskNames(plan)
    const dates = new Map(schedule?.tasks.map(row => [row.id, row]))
    return crashableTasks(plan).map((task): Row => {
      const at = dates.get(task.id)
      return {
        ...{ task, number: names.get(task.id)?.number ?? '', critical: at?.critical ?? false },
        float: at ? at.totalFloat / dayOfTask(plan, task) : null,
        kept: kept.get(task.id) ?? { task: task.id, days: null, cost: '', per: 'day', from: null },
      }
    })
  }, [plan, schedule, kept])
  // Rows typed while this list is shown stay in it.
  const rows = all.filter(row => show === 'all' || kept.has(row.task.id) || (show === 'critical' && row.critical))
  const duration = ({ task }: Row) => task.duration / dayOfTask(plan, task)

  const rateText = (row: Row) => {
    const rate = rateOf(row.kept, duration(row))
    return rate === undefined ? '' : formats.money(rate)
  }
  const put = (changes: ReadonlyMap<string, Partial<TaskCrash>>) => {
    const next = all.flatMap(row => {
      const change = changes.get(row.task.id)
      if (!change) return kept.has(row.task.id) ? [row.kept] : []
      const made = { ...row.kept, ...change, from: duration(row) }
      return made.days === null && made.cost === '' ? [] : [made]
    })
    // What was said of tasks that are finished or gone since stays as it is.
    const shown = new Set(all.map(({ task }) => task.id))
    onChange({ ...inputs, tasks: [...next, ...inputs.tasks.filter(({ task }) => !shown.has(task))] })
  }
  const paste = (rowAt: number, column: string, clip: string) => {
    const block = readBlock(clip)
    const byName = column === 'number' || column === 'task'
    const found = (cells: readonly string[], down: number): Row | undefined => {
      if (!byName) return rows[rowAt + down]
      const name = cells[0]?.trim() ?? ''
      return all.find(row => row.number === name) ?? all.find(row => row.task.name === name)
    }
    const first = byName
      ? 0
      : Math.max(
          0,
          order.findIndex(key => key === column),
        )
    const changes = new Map<string, Partial<TaskCrash>>()
    const strangers: string[] = []
    block.forEach((cells, down) => {
      const row = found(cells, down)
      if (!row) {
        strangers.push(cells[0] ?? '')
        return
      }
      const patch: Partial<Record<string, Json>> = {}
      for (const [right, cell] of cells.slice(byName ? 1 : 0).entries()) {
        const field = fieldOf(order[first + right] ?? '')
        if (field) patch[field.name] = readCell(field, cell)
      }
      changes.set(row.task.id, changeOf(patch))
    })
    put(changes)
    const [stranger] = strangers
    if (stranger === undefined) say.good(t('pasted', { count: changes.size }))
    else say.info(t('unmatched', { count: strangers.length, name: stranger }))
  }

  const columns: GridColumn<Row>[] = [
    {
      key: 'number',
      title: '#',
      width: 56,
      figure: true,
      render: row => <span className="yz-faint">{row.number}</span>,
    },
    { key: 'task', title: t('task'), width: 240, render: ({ task }) => task.name },
    { key: 'now', title: t('now'), width: 96, figure: true, render: row => formats.number(duration(row), 1) },
    {
      ...{ key: 'float', title: t('float'), width: 104, figure: true },
      render: row => (
        <span className={row.critical ? 'yz-bad' : undefined}>
          {row.float === null ? '—' : formats.number(row.float, 1)}
        </span>
      ),
    },
    {
      ...{ key: 'days', title: t('least'), width: 120, figure: true, editable: () => true },
      invalid: row =>
        row.kept.days === null
          ? row.kept.cost === ''
            ? undefined
            : t('daysMissing')
          : row.kept.days < duration(row)
            ? undefined
            : t('notShorter'),
      render: ({ kept }) => (kept.days === null ? '' : formats.number(kept.days, 2)),
    },
    {
      ...{ key: 'cost', title: t('extra'), width: 136, figure: true, editable: () => true },
      invalid: ({ kept }) => (kept.days !== null && kept.cost === '' ? t('costMissing') : undefined),
      render: ({ kept }) => (kept.cost === '' ? '' : formats.money(kept.cost)),
    },
    {
      ...{ key: 'per', title: t('per'), width: 88, editable: () => true },
      render: ({ kept }) => (kept.days === null && kept.cost === '' ? '' : t(kept.per === 'day' ? 'perDay' : 'perAll')),
    },
    {
      ...{ key: 'rate', title: t('rate'), width: 136, figure: true },
      render: row => <span className="yz-soft">{rateText(row)}</span>,
    },
  ]
  return (
    <div className="yz-lines yz-crash-grid">
      <div className="yz-flex">
        <Segmented<Show>
          aria-label={t('show')}
          value={show}
          onChange={setShow}
          options={[
            { value: 'critical', label: t('showCritical') },
            { value: 'typed', label: t('showTyped') },
            { value: 'all', label: t('showAll') },
          ]}
        />
      </div>
      <Grid<Row>
        label={t('tasks')}
        columns={columns}
        rows={rows.map(row => ({ kind: 'row', key: row.task.id, row }))}
        rowHeight={32}
        pinned={2}
        describedBy={hint}
        empty={<p className="yz-lines-empty yz-faint">{t('noRows')}</p>}
        onCopy={({ task, number, kept }, key) =>
          key === 'number'
            ? number
            : key === 'task'
              ? task.name
              : key === 'days'
                ? String(kept.days ?? '')
                : key === 'cost'
                  ? kept.cost
                  : ''
        }
        onPaste={(at, clip) => paste(at.row, columns[at.column]?.key ?? '', clip)}
        onClear={(row, key) => put(new Map([[row.task.id, changeOf({ [key]: null })]]))}
        editor={(row, key, typed, done) => {
          const field = fieldOf(key)
          if (!field) return null
          const { days, cost, per } = row.kept
          const values: Readonly<Record<string, Json>> = {
            days: days === null ? null : `${days}`,
            cost: cost || null,
            per,
          }
          return (
            <CellEditor
              field={field}
              value={values[key]}
              refs={{}}
              typed={typed}
              onDone={(value, move) => {
                done(move)
                if (value !== undefined) put(new Map([[row.task.id, changeOf({ [key]: value })]]))
              }}
            />
          )
        }}
      />
      <p id={hint} className="yz-faint yz-hint">
        {t('keysHint')}
      </p>
    </div>
  )
}

/** What a cell's value means; what is no number is left out. */
function changeOf(patch: Partial<Record<string, Json>>): Partial<TaskCrash> {
  const number = (value: Json) =>
    isDecimal(value) && Number(value) > 0 && Number(value) <= 10_000 ? Number(value) : null
  const { days, cost, per } = patch
  return {
    ...(days === undefined ? {} : { days: number(days) }),
    ...(cost === undefined ? {} : { cost: isDecimal(cost) && Number(cost) >= 0 && cost.length <= 20 ? cost : '' }),
    ...(per === 'day' || per === 'all' ? { per } : {}),
  }
}

/** Cost of one day less. */
function rateOf({ days, cost, per, from }: TaskCrash, now: number): string | undefined {
  if (days === null || !isDecimal(cost)) return undefined
  const saved = (from ?? now) - days
  return per === 'day' ? cost : saved > 0 ? divide(cost, `${saved}`, 2) : undefined
}
