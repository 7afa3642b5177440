// 按 WBS 的动态成本: a tree of tasks that folds; what names no task stands in a row of its own, and the total is that by cost item.
import { formatAmount, isZero } from '@yingzao/engines/money'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { FigureTable } from '@yingzao/ui/table/figure-table.tsx'
import { useText } from '@yingzao/ui/text/language.tsx'
import { useState } from 'react'
import { TaskLink } from '../../schedule/web/public.tsx'
import type { WbsFigures, WbsRow } from '../shape.ts'
import { text } from './text.ts'
import { useWork } from './use-work.ts'

const columns = [
  ...(['target', 'expected', 'deviation', 'earned', 'committed', 'direct', 'open', 'incurred', 'toGo'] as const),
]
type Row = WbsFigures & { readonly task: WbsRow | null; readonly key: string }

export function WbsTab({ project }: { readonly project: string }) {
  const t = useText(text)
  const found = useWork(project)
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set())
  if (found.error) return <Failed error={found.error} retry={() => void found.refetch()} />
  if (!found.data) return <Waiting />
  const { plan, rows, loose, total } = found.data
  const hasSome = (row: WbsFigures) => columns.some(name => !isZero(row[name]))
  const parents = new Map(rows.map(row => [row.task, row.parent]))
  const isShown = (row: WbsRow): boolean => {
    for (let at = row.parent; at !== null; at = parents.get(at) ?? null) if (!opened.has(at)) return false
    return hasSome(row)
  }
  const shown: Row[] = rows.filter(isShown).map(row => ({ ...row, task: row, key: row.task }))
  const value = (figures: WbsFigures, name: (typeof columns)[number]) => (
    <span className={figures[name].startsWith('-') ? 'yz-bad' : undefined}>
      {isZero(figures[name]) ? '—' : formatAmount(figures[name])}
    </span>
  )
  const turn = (task: string) =>
    setOpened(before => {
      const next = new Set(before)
      if (!next.delete(task)) next.add(task)
      return next
    })
  return (
    <div className="yz-stack">
      <p className="yz-soft">{plan ? t('wbsSays') : t('wbsNoPlan')}</p>
      <FigureTable<Row>
        label={t('wbs')}
        rows={[...shown, { ...loose, task: null, key: 'loose' }]}
        keyOf={row => row.key}
        columns={[
          {
            ...{ key: 'task', label: t('task') },
            cell: ({ task }) =>
              task === null ? (
                <strong>{t('loose')}</strong>
              ) : (
                <span className="yz-cost-task" style={{ paddingLeft: task.depth * 16 }}>
                  {task.leaf ? (
                    <span className="yz-cost-fold" />
                  ) : (
                    <button
                      type="button"
                      className="yz-cost-fold"
                      aria-expanded={opened.has(task.task)}
                      aria-label={`${t(opened.has(task.task) ? 'fold' : 'unfold')} ${task.name}`}
                      onClick={() => turn(task.task)}
                    >
                      {opened.has(task.task) ? '▾' : '▸'}
                    </button>
                  )}
                  {plan ? (
                    <TaskLink plan={plan.id} task={task.task}>
                      {task.name}
                    </TaskLink>
                  ) : (
                    task.name
                  )}
                </span>
              ),
          },
          ...columns.map(name => ({
            ...{ key: name, label: t(name === 'earned' ? 'ev' : name === 'open' ? 'openShort' : name), figure: true },
            cell: (row: Row) => value(row, name),
          })),
        ]}
        total={{ task: t('total'), ...Object.fromEntries(columns.map(name => [name, value(total, name)])) }}
      />
    </div>
  )
}
