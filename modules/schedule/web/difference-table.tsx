// Where our dates differ from the file's own, and why: thousands of rows, only those in sight are drawn.
// biome-ignore-all lint/a11y/useSemanticElements: rows of a real table cannot be positioned
// biome-ignore-all lint/a11y/useFocusableInteractive: rows and headings are read, not operated

import { useVirtualizer } from '@tanstack/react-virtual'
import { formatMinute } from '@yingzao/engines/schedule/civil'
import type { StoredField } from '@yingzao/engines/schedule/stored-check'
import { type Lang, texts } from '@yingzao/ui/gantt/texts'
import { useFormats, useLanguage, useText } from '@yingzao/ui/text/language.tsx'
import { words } from '@yingzao/ui/text/words'
import { Segmented } from 'antd'
import { useRef, useState } from 'react'
import type { Difference } from './import-shape.ts'

const text = words({
  task: { zh: '任务', en: 'Task' },
  field: { zh: '项目', en: 'Field' },
  stored: { zh: '文件中', en: 'In the file' },
  computed: { zh: '计算得', en: 'Computed' },
  reason: { zh: '原因', en: 'Reason' },
  all: { zh: '全部 {count}', en: 'All {count}' },
  follows: { zh: '随任务“{name}”而变，请先看它', en: 'Follows “{name}”: look there first' },
  sameMoment: { zh: '同一时刻：两者之间没有工作时间', en: 'Same moment: no working time lies between' },
  yes: { zh: '是', en: 'Yes' },
  no: { zh: '否', en: 'No' },
  filter: { zh: '按字段筛选', en: 'Filter by field' },
})

const ROW = 44

export function fieldWord(field: StoredField, lang: Lang): string {
  const { columns } = texts[lang]
  return {
    earlyStart: columns.early_start,
    earlyFinish: columns.early_finish,
    lateStart: columns.late_start,
    lateFinish: columns.late_finish,
    start: columns.start,
    finish: columns.finish,
    totalFloat: columns.total_float,
    freeFloat: columns.free_float,
    critical: lang === 'zh' ? '关键' : 'Critical',
  }[field]
}

export function DifferenceTable({ rows }: { rows: readonly Difference[] }) {
  const t = useText(text)
  const { lang } = useLanguage()
  const formats = useFormats()
  const [field, setField] = useState<StoredField | 'all'>('all')
  const box = useRef<HTMLDivElement>(null)
  const shown = field === 'all' ? rows : rows.filter(row => row.field === field)
  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW,
    overscan: 12,
  })
  const counts = new Map<StoredField, number>()
  for (const row of rows) counts.set(row.field, (counts.get(row.field) ?? 0) + 1)
  const value = (row: Difference, minutes: number) =>
    row.field === 'critical'
      ? t(minutes === 1 ? 'yes' : 'no')
      : row.field === 'totalFloat' || row.field === 'freeFloat'
        ? formats.duration(minutes)
        : formatMinute(minutes).replace('T', ' ')

  return (
    <div className="yz-stack">
      <div className="yz-scroll-x">
        <Segmented<StoredField | 'all'>
          aria-label={t('filter')}
          size="small"
          value={field}
          onChange={next => {
            setField(next)
            box.current?.scrollTo({ top: 0 })
          }}
          options={[
            { value: 'all', label: t('all', { count: formats.integer(rows.length) }) },
            ...[...counts].map(([name, count]) => ({
              value: name,
              label: `${fieldWord(name, lang)} ${formats.integer(count)}`,
            })),
          ]}
        />
      </div>
      <div
        className="yz-differences"
        ref={box}
        role="table"
        aria-rowcount={shown.length}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard
        tabIndex={0}
      >
        <div role="rowgroup">
          <div role="row" className="yz-difference yz-difference-head">
            {(['task', 'field', 'stored', 'computed', 'reason'] as const).map(name => (
              <span key={name} role="columnheader">
                {t(name)}
              </span>
            ))}
          </div>
        </div>
        <div role="rowgroup" className="yz-difference-rows" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(item => {
            const row = shown[item.index]
            if (!row) return null
            return (
              <div
                key={item.key}
                role="row"
                aria-rowindex={item.index + 1}
                className="yz-difference"
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <span role="cell" className="yz-clip" title={row.name}>
                  {row.name}
                </span>
                <span role="cell" className="yz-clip">
                  {fieldWord(row.field, lang)}
                </span>
                <span role="cell" className="yz-figure">
                  {value(row, row.stored)}
                </span>
                <span role="cell" className="yz-figure">
                  {value(row, row.computed)}
                </span>
                <span role="cell" className="yz-soft yz-difference-why" title={reasonWords(row, lang, t)}>
                  {reasonWords(row, lang, t)}
                </span>
              </div>
            )
          })}
        </div>
      </div>
    </div>
  )
}

type Say = ReturnType<typeof useText<typeof text>>

function reasonWords(row: Difference, lang: Lang, t: Say): string {
  const { reason, by = '' } = row
  if (reason.kind === 'same_moment') return t('sameMoment')
  if (reason.kind === 'follows') return t('follows', { name: by })
  const { why, constraint_at } = texts[lang]
  const cause = reason.why
  const day = (minute: number) => formatMinute(minute).slice(0, 10)
  switch (cause.kind) {
    case 'link':
      return row.field.startsWith('late') ? why.link_late(by, '') : why.link(by, '')
    case 'calendar':
      return cause.from === undefined ? why.calendar(cause.calendar) : why.calendar_after(cause.calendar, by)
    case 'constraint': {
      const type = Object.keys(constraint_at).find((name): name is keyof typeof constraint_at => name === cause.type)
      return type ? constraint_at[type](cause.at === undefined ? '' : day(cause.at)) : cause.type
    }
    case 'deadline':
      return why.deadline(day(cause.at))
    case 'resource':
      return why.resource(cause.resource)
    case 'children':
      return cause.task === undefined ? why.children : why.children_of(by)
    default:
      return why[cause.kind]
  }
}
