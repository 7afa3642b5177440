// The moves of a proposal: who moves by how much and why, drawn before and after, each with a box to accept it.
import type { Difference, Elsewhere } from '@yingzao/engines/levelling'
import type { Plan } from '@yingzao/engines/schedule/plan'
import { type Text, useText } from '@yingzao/ui/text/language.tsx'
import { Checkbox } from 'antd'
import { useMemo, useState } from 'react'
import { TaskLink } from './public.tsx'
import { daysText, dayText, shortDay } from './resource-period.ts'
import { text } from './resource-text.ts'

interface Props {
  readonly record: string
  readonly plan: Plan
  readonly differences: readonly Difference[]
  readonly choices: readonly string[]
  readonly taken: ReadonlySet<string>
  readonly onTake: (tasks: ReadonlySet<string>) => void
  readonly mayEdit: boolean
  /** Words for a task of another plan that holds what is waited for. */
  readonly elsewhere?: (task: Elsewhere) => string
}

/** Rows drawn before somebody asks for the rest. */
const MOST = 200
const STRIP = 220

export function LevellingMoves({
  record,
  plan,
  differences,
  choices,
  taken,
  onTake,
  mayEdit,
  elsewhere = nowhere,
}: Props) {
  const t = useText(text)
  const followers = differences.length - choices.length
  const [all, setAll] = useState(choices.length === 0)
  const [most, setMost] = useState(MOST)
  const known = useMemo(() => {
    const tasks = new Map(plan.tasks.map((task, i) => [task.id, { name: task.name, row: i + 1 }]))
    return { tasks, resources: new Map(plan.resources.map(each => [each.id, each.name])) }
  }, [plan])
  const free = useMemo(() => new Set(choices), [choices])
  const rows = all ? differences : differences.filter(each => free.has(each.task))
  const from = Math.min(...rows.map(each => Math.min(each.startBefore, each.startAfter)))
  const to = Math.max(...rows.map(each => Math.max(each.finishBefore, each.finishAfter)))
  const x = (at: number) => (STRIP * (at - from)) / Math.max(1, to - from)
  const take = (task: string, yes: boolean) => {
    const next = new Set(taken)
    if (yes) next.add(task)
    else next.delete(task)
    onTake(next)
  }
  return (
    <>
      <div className="yz-scroll-x yz-res-moves">
        <table className="yz-plain-table">
          <thead>
            <tr>
              <th scope="col">
                <Checkbox
                  aria-label={t('acceptAll')}
                  disabled={!mayEdit || choices.length === 0}
                  checked={taken.size > 0 && taken.size === choices.length}
                  indeterminate={taken.size > 0 && taken.size < choices.length}
                  onChange={event => onTake(new Set(event.target.checked ? choices : []))}
                />
              </th>
              <th scope="col">{t('task')}</th>
              <th scope="col">{t('start')}</th>
              <th scope="col" className="yz-right">
                {t('move')}
              </th>
              <th scope="col">{t('why')}</th>
              <th scope="col" className="yz-res-strip-head">
                {t('beforeAfter')}
                <span className="yz-res-range yz-figure">
                  {shortDay(from)} – {shortDay(to)}
                </span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, most).map(each => {
              const task = known.tasks.get(each.task)
              const choice = free.has(each.task)
              const name = task?.name ?? each.task
              return (
                <tr key={each.task} data-out={(choice && !taken.has(each.task)) || undefined}>
                  <td>
                    {choice && (
                      <Checkbox
                        aria-label={t('acceptOne', { task: name })}
                        disabled={!mayEdit}
                        checked={taken.has(each.task)}
                        onChange={event => take(each.task, event.target.checked)}
                      />
                    )}
                  </td>
                  <td>
                    <span className="yz-faint yz-figure">{task?.row}</span>{' '}
                    <TaskLink plan={record} task={each.task}>
                      {name}
                    </TaskLink>
                  </td>
                  <td className="yz-figure yz-nowrap">
                    <span className="yz-faint">{dayText(each.startBefore)} →</span> {dayText(each.startAfter)}
                  </td>
                  <td className="yz-figure yz-right yz-nowrap">{moved(each, plan, t)}</td>
                  <td className="yz-soft">
                    {each.assigned && (
                      <div>
                        <strong>
                          {t('takenBy', {
                            names: each.assigned
                              .map(({ resource }) => known.resources.get(resource) ?? resource)
                              .join(t('and')),
                          })}
                        </strong>
                      </div>
                    )}
                    {reason(each, known, elsewhere, t)}
                  </td>
                  <td>
                    <svg className="yz-res-strip" width={STRIP} height={22} aria-hidden="true">
                      <rect
                        className="yz-res-before"
                        x={x(each.startBefore)}
                        y={2}
                        width={Math.max(2, x(each.finishBefore) - x(each.startBefore))}
                        height={7}
                      />
                      <rect
                        className={choice ? 'yz-res-after' : 'yz-res-follows'}
                        x={x(each.startAfter)}
                        y={12}
                        width={Math.max(2, x(each.finishAfter) - x(each.startAfter))}
                        height={8}
                      />
                    </svg>
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
      <div className="yz-flex">
        {followers > 0 && choices.length > 0 && (
          <Checkbox checked={all} onChange={event => setAll(event.target.checked)}>
            {t('followers', { count: followers })}
          </Checkbox>
        )}
        {rows.length > most && (
          <button type="button" className="yz-link" onClick={() => setMost(rows.length)}>
            {t('moreLeft', { count: rows.length - most })}
          </button>
        )}
      </div>
    </>
  )
}

function moved({ moved: minutes }: Difference, plan: Plan, t: Text<typeof text>): string {
  const days = daysText(Math.abs(minutes), plan.options.minutesPerDay)
  return minutes < 0 ? t('minusDays', { days }) : t('plusDays', { days })
}

const nowhere = ({ task }: Elsewhere): string => task

interface Known {
  readonly tasks: ReadonlyMap<string, { readonly name: string }>
  readonly resources: ReadonlyMap<string, string>
}

/** "waits for 塔吊 1, 03-12 to 03-15 (used by …)". */
function reason(
  { reason: why }: Difference,
  { tasks, resources }: Known,
  elsewhere: (task: Elsewhere) => string,
  t: Text<typeof text>,
): string {
  const name = (id: string) => tasks.get(id)?.name ?? id
  switch (why.code) {
    case 'levelling.assigned':
      return ''
    case 'levelling.published':
      return t('keepsPublished')
    case 'levelling.released':
      return t('released')
    case 'levelling.follows':
      return why.predecessor === undefined ? t('followsLogic') : t('follows', { task: name(why.predecessor) })
    case 'levelling.waits_for_resource': {
      const resource = resources.get(why.resource) ?? why.resource
      const stretch = { resource, from: shortDay(why.from), until: shortDay(why.until) }
      const [first, ...rest] = [...why.holders.map(name), ...(why.elsewhere ?? []).map(elsewhere)]
      if (first === undefined) return t('waits', stretch)
      const holders = rest.length === 0 ? first : t('more', { names: first, count: rest.length })
      return t('waitsFor', { ...stretch, holders })
    }
  }
}
