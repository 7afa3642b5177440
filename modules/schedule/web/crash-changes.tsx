// What a chosen finish changes, task by task: shortened, or done by another alternative; by how much, for how much, and why.
import { exact, negate } from '@yingzao/engines/money'
import type { Plan } from '@yingzao/engines/schedule/plan'
import type { CrashChoice, Cut, Switch } from '@yingzao/engines/time-cost'
import { type Text, useFormats, useText } from '@yingzao/ui/text/language.tsx'
import { type CrashInputs, dayOfTask } from '../crash.ts'
import { taskNames } from './analysis.tsx'
import { text as analysisText } from './analysis-text.ts'
import { text } from './crash-text.ts'
import { TaskLink } from './public.tsx'

interface Props {
  readonly id: string
  readonly plan: Plan
  readonly inputs: CrashInputs
  readonly choice: CrashChoice
}

export function CrashChanges({ id, plan, inputs, choice: { cuts, switches } }: Props) {
  const t = useText(text)
  const a = useText(analysisText)
  const formats = useFormats()
  const names = taskNames(plan)
  const order = new Map(plan.tasks.map((task, at) => [task.id, { task, at }]))
  const called = new Map(inputs.alternatives.map(each => [each.id, each.name]))
  const rows: readonly (Cut | Switch)[] = [...cuts, ...switches].sort(
    (one, other) => (order.get(one.task)?.at ?? 0) - (order.get(other.task)?.at ?? 0),
  )
  const switched = switches.length > 0
  return (
    <div className="yz-scroll-x">
      <table className="yz-plain-table">
        <thead>
          <tr>
            <th scope="col">{a('number')}</th>
            <th scope="col">{a('task')}</th>
            {switched && <th scope="col">{t('how')}</th>}
            {(['was', 'becomes', 'costMore'] as const).map(key => (
              <th key={key} scope="col" className="yz-right">
                {t(key)}
              </th>
            ))}
            <th scope="col">{t('why')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(row => {
            const task = order.get(row.task)?.task
            const perDay = task ? dayOfTask(plan, task) : 480
            const days = (minutes: number) => formats.number(minutes / perDay, 2)
            const name = 'alternative' in row ? called.get(row.alternative) || '—' : null
            return (
              <tr key={row.task}>
                <td className="yz-figure">{names.get(row.task)?.number}</td>
                <td>
                  <TaskLink plan={id} task={row.task}>
                    {task?.name || '—'}
                  </TaskLink>
                </td>
                {switched && <td className="yz-crash-how">{name ?? t('shortenedHow')}</td>}
                <td className="yz-right yz-figure">{t('days', { days: days(task?.duration ?? 0) })}</td>
                <td className="yz-right yz-figure">{t('days', { days: days((task?.duration ?? 0) - row.minutes) })}</td>
                <td className="yz-right yz-figure">{formats.money(row.cost)}</td>
                <td className="yz-crash-why">
                  {name === null
                    ? t('cutWhy', {
                        days: days(row.minutes),
                        cost: formats.number(row.cost, 2),
                        where: whereText(row, t, formats.percent),
                      })
                    : t(row.minutes > 0 ? 'switchFaster' : row.minutes < 0 ? 'switchSlower' : 'switchSame', {
                        ...{ name, days: days(Math.abs(row.minutes)), money: moneyText(row, t, formats) },
                        where: switchWhere(row, t, formats.percent),
                      })}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

type Formats = ReturnType<typeof useFormats>

function moneyText({ cost }: Cut, t: Text<typeof text>, formats: Formats): string {
  if (exact(cost).isZero()) return t('moneyNone')
  return exact(cost).isNegative()
    ? t('moneySaved', { cost: formats.number(negate(cost), 2) })
    : t('moneyMore', { cost: formats.number(cost, 2) })
}

/** A slower way is taken where there is room for it. */
function switchWhere(row: Cut, t: Text<typeof text>, percent: (of: number) => string): string {
  if (row.minutes >= 0) return whereText(row, t, percent)
  return t(row.through === 0 ? 'hasRoom' : 'tookRoom')
}

/** More paths than these are told by their share. */
const COUNTED = 99

function whereText({ through, paths }: Cut, t: Text<typeof text>, percent: (of: number) => string): string {
  if (through === 0) return t('onNone')
  if (paths === 1) return t('onOnly')
  if (paths === 2 && through === 2) return t('onBoth')
  if (paths > COUNTED) return t('onShare', { share: percent(through / paths) })
  return through === paths ? t('onAll', { all: paths }) : t('onSome', { all: paths, some: through })
}
