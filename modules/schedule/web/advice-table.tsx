// The advised tasks: planned, P50, P80, what it means for the finish, the evidence behind, and a button that takes it.
import type { Plan } from '@yingzao/engines/schedule/plan'
import { useFormats, useLabel, useText } from '@yingzao/ui/text/language.tsx'
import { fill } from '@yingzao/ui/text/words'
import { Button } from 'antd'
import { Fragment, useId, useMemo, useState } from 'react'
import { type AdvisedTask, roundedDays } from '../duration-advice.ts'
import type { HistoryPlan } from '../history-shape.ts'
import { AdviceEvidence } from './advice-evidence.tsx'
import { classText, levelText, text } from './advice-text.ts'
import { More, taskNames } from './analysis.tsx'
import { text as analysisText } from './analysis-text.ts'
import type { Take } from './plan-advice.tsx'
import { TaskLink } from './public.tsx'

interface Props {
  readonly id: string
  readonly plan: Plan
  readonly rows: readonly AdvisedTask[]
  readonly plans: Readonly<Record<string, HistoryPlan>>
  readonly take: Take | null
}

/** Rows drawn at once; the rest on demand. */
const SHOWN = 50

export function AdviceTable({ id, plan, rows, plans, take }: Props) {
  const t = useText(text)
  const a = useText(analysisText)
  const [most, setMost] = useState(SHOWN)
  const [opened, setOpened] = useState<string | null>(null)
  const names = useMemo(() => taskNames(plan), [plan])
  return (
    <>
      <div className="yz-scroll-x">
        <table className="yz-plain-table yz-advice">
          <thead>
            <tr>
              <th scope="col">{a('number')}</th>
              <th scope="col">{a('task')}</th>
              <th scope="col" className="yz-right">
                {t('planned')}
              </th>
              <th scope="col" className="yz-right">
                P50
              </th>
              <th scope="col" className="yz-right">
                P80
              </th>
              <th scope="col">{t('effect')}</th>
              <th scope="col">{t('why')}</th>
              {take && <th scope="col">{t('take')}</th>}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, most).map(row => (
              <Row
                key={row.task}
                id={id}
                row={row}
                perDay={plan.options.minutesPerDay}
                name={names.get(row.task)?.name ?? '—'}
                number={names.get(row.task)?.number ?? ''}
                plans={plans}
                open={opened === row.task}
                onOpen={open => setOpened(open ? row.task : null)}
                take={take}
              />
            ))}
          </tbody>
        </table>
      </div>
      <More rest={rows.length - most} step={SHOWN * 4} onMore={() => setMost(most + SHOWN * 4)} />
    </>
  )
}

interface RowProps extends Pick<Props, 'id' | 'plans' | 'take'> {
  readonly row: AdvisedTask
  readonly perDay: number
  readonly name: string
  readonly number: string
  readonly open: boolean
  readonly onOpen: (open: boolean) => void
}

function Row({ id, row, perDay, name, number, plans, open, onOpen, take }: RowProps) {
  const t = useText(text)
  const label = useLabel()
  const formats = useFormats()
  const [busy, setBusy] = useState(false)
  const evidence = useId()
  const { advice, days, elapsed } = row
  const one = (value: number) => formats.number(value, 1)
  const inDays = (value: number) => t(elapsed ? 'calendarDays' : 'workDays', { days: one(value) })
  const range = ([low, high]: readonly [number, number]) => t('interval', { low: one(low), high: one(high) })
  const effect =
    advice.verdict === 'below'
      ? row.effect > 0.05
        ? t('delays', { days: one(row.effect) })
        : t('absorbed')
      : row.effect > 0.05
        ? t('gains', { days: one(row.effect) })
        : t('noGain')
  const kind = fill(label(levelText[advice.level]), {
    count: row.count,
    class: advice.class === null ? '' : label(classText[advice.class]),
  })
  const accept = async (quantile: 'P50' | 'P80') => {
    const taken = roundedDays(quantile === 'P50' ? advice.p50 : advice.p80, elapsed)
    setBusy(true)
    const values = { quantile, task: name, was: inDays(days), days: inDays(taken) }
    await take?.(row.task, Math.round(taken * (elapsed ? 1440 : perDay)), t('taken', values))
    setBusy(false)
  }
  const button = (quantile: 'P50' | 'P80', value: number) => (
    <Button
      size="small"
      loading={busy}
      aria-label={t('takeOne', { task: name, quantile, days: inDays(roundedDays(value, elapsed)) })}
      onClick={() => void accept(quantile)}
    >
      {quantile}
    </Button>
  )
  return (
    <Fragment>
      <tr>
        <td className="yz-figure">{number}</td>
        <td>
          <TaskLink plan={id} task={row.task}>
            {name}
          </TaskLink>
        </td>
        <td className={`yz-figure yz-right ${advice.verdict === 'below' ? 'yz-bad' : ''}`}>{inDays(days)}</td>
        <td className="yz-figure yz-right">
          {one(advice.p50)} <span className="yz-faint">{range(advice.interval50)}</span>
        </td>
        <td className="yz-figure yz-right">
          {one(advice.p80)} <span className="yz-faint">{range(advice.interval80)}</span>
        </td>
        <td className={row.effect > 0.05 && advice.verdict === 'below' ? 'yz-bad' : 'yz-soft'}>{effect}</td>
        <td>
          <button
            type="button"
            className="yz-link yz-advice-why"
            aria-expanded={open}
            aria-controls={open ? evidence : undefined}
            onClick={() => onOpen(!open)}
          >
            {kind}
            {advice.basis === 'ratio' && t('byRatio')}
          </button>
        </td>
        {take && (
          <td>
            <span className="yz-flex yz-nowrap">
              {button('P50', advice.p50)}
              {button('P80', advice.p80)}
            </span>
          </td>
        )}
      </tr>
      {open && (
        <tr id={evidence} className="yz-advice-evidence">
          <td />
          <td colSpan={take ? 7 : 6}>
            <AdviceEvidence row={row} plans={plans} />
          </td>
        </tr>
      )}
    </Fragment>
  )
}
