// One point of the curve: what it costs and saves, when the whole plan computed with it ends, each task it shortens and why, and
// the ways to take it over.
import { useNavigate } from '@tanstack/react-router'
import { compare, exact, subtract } from '@yingzao/engines/money'
import { applyEdits, compute, dayOf } from '@yingzao/engines/schedule'
import type { Plan } from '@yingzao/engines/schedule/plan'
import { type CrashChoice, type Cut, crashEdits, type PlanCrash } from '@yingzao/engines/time-cost'
import { f } from '@yingzao/kernel/entity'
import { newId } from '@yingzao/platform/client'
import { useClient } from '@yingzao/platform/client/react'
import { Figures } from '@yingzao/ui/chart/figures.tsx'
import { useChanges } from '@yingzao/ui/data/changes'
import { useSay } from '@yingzao/ui/data/say'
import { InputDialog, inputFields } from '@yingzao/ui/record/verb-bar.tsx'
import { type Text, useFormats, useText } from '@yingzao/ui/text/language.tsx'
import { Button, Slider } from 'antd'
import { useMemo, useState } from 'react'
import { dayOfTask } from '../crash.ts'
import { dayText, taskNames } from './analysis.tsx'
import { text as analysisText } from './analysis-text.ts'
import { text } from './crash-text.ts'
import type { PlanLookProps } from './plan-look.ts'
import { TaskLink } from './public.tsx'

interface Props extends Pick<PlanLookProps, 'record' | 'link' | 'mayEdit'> {
  /** The plan that the curve is of. */
  readonly plan: Plan
  /** The plan has moved on since: another curve is on its way. */
  readonly stale: boolean
  readonly crash: PlanCrash
  readonly chosen: number
  readonly choose: (at: number) => void
  readonly contract: string | null
}

export function CrashChosen({ record, link, mayEdit, plan, stale, crash, chosen, choose, contract }: Props) {
  const t = useText(text)
  const formats = useFormats()
  const { choices, best } = crash
  const choice = choices[chosen]
  const real = useMemo(() => (choice ? computedWith(plan, choice) : null), [plan, choice])
  if (!choice) return null
  const [asIs, next] = [choices[0], choices[chosen + 1]]
  const last = choices.length - 1
  const late = real === null ? 0 : dayOf(real) - dayOf(choice.finish)
  const earlier = dayOf(asIs?.finish ?? 0) - dayOf(choice.finish)
  const saved = exact(choice.total).isNegative()
  const finishAt = (from: number) => dayText(choices[last - from]?.finish ?? 0)
  return (
    <section className="yz-section yz-stack" aria-label={t('chosen', { date: dayText(choice.finish) })}>
      <div className="yz-analysis-head">
        <h2>
          {t('chosen', { date: dayText(choice.finish) })}{' '}
          {chosen === best && <span className="yz-tag yz-tag-good">{t('tagBest')}</span>}{' '}
          {chosen === last && last > 0 && <span className="yz-tag yz-tag-info">{t('tagShortest')}</span>}{' '}
          {chosen === 0 && <span className="yz-tag yz-tag-neutral">{t('tagAsIs')}</span>}{' '}
          {earlier > 0 && <span className="yz-soft">{t('earlier', { days: earlier })}</span>}
        </h2>
        {chosen !== best && (
          <Button size="small" className="yz-no-print" onClick={() => choose(best)}>
            {t('toBest')}
          </Button>
        )}
      </div>
      {last > 0 && (
        <div className="yz-crash-slider yz-no-print">
          <Slider
            min={0}
            max={last}
            value={last - chosen}
            onChange={at => choose(last - at)}
            tooltip={{ formatter: at => (at === undefined ? '' : finishAt(at)) }}
            ariaLabelForHandle={t('choose')}
            ariaValueTextFormatterForHandle={finishAt}
          />
        </div>
      )}
      <Figures
        items={[
          {
            label: t('realFinish'),
            value: real === null ? '—' : dayText(real),
            note:
              late > 0 ? t('realLater', { days: late }) : late < 0 ? t('realEarlier', { days: -late }) : t('realSame'),
            tone: late > 0 ? 'warn' : undefined,
          },
          {
            label: t('directMore'),
            value: formats.moneyShort(choice.direct),
            note:
              compare(choice.bound, choice.direct) < 0
                ? t('boundNote', { bound: formats.moneyShort(choice.bound) })
                : t('boundReached'),
          },
          { label: t('indirectLess'), value: formats.moneyShort(choice.indirect) },
          ...(contract === null
            ? []
            : [
                {
                  label: t('terms'),
                  value: formats.moneyShort(choice.contract),
                  note: t('termsNote', { date: contract }),
                },
              ]),
          {
            label: t('sum'),
            value: formats.moneyShort(choice.total),
            note: t(saved ? 'saves' : 'costs'),
            tone: exact(choice.total).isZero() ? undefined : saved ? 'good' : 'bad',
          },
          ...(next
            ? [
                {
                  label: t('slope'),
                  value: formats.moneyShort(subtract(next.direct, choice.direct)),
                  note: t('slopeNote'),
                },
              ]
            : []),
        ]}
      />
      {choice.cuts.length === 0 ? (
        <p className="yz-soft">{t('nothingShortened')}</p>
      ) : (
        <>
          <Cuts id={record.id} plan={plan} cuts={choice.cuts} />
          <Take {...{ record, link, mayEdit, plan, stale, choice }} before={asIs} after={real} />
        </>
      )}
    </section>
  )
}

/** Finish of the whole plan with the chosen durations; null when it cannot be computed. */
function computedWith(plan: Plan, { cuts }: CrashChoice): number | null {
  const applied = applyEdits(plan, crashEdits(plan, cuts))
  const outcome = applied.ok ? compute(applied.plan) : null
  return outcome?.ok ? outcome.schedule.finish : null
}

function Cuts({ id, plan, cuts }: { id: string; plan: Plan; cuts: readonly Cut[] }) {
  const t = useText(text)
  const a = useText(analysisText)
  const formats = useFormats()
  const names = taskNames(plan)
  const tasks = new Map(plan.tasks.map(task => [task.id, task]))
  return (
    <div className="yz-scroll-x">
      <table className="yz-plain-table">
        <thead>
          <tr>
            <th scope="col">{a('number')}</th>
            <th scope="col">{a('task')}</th>
            {(['was', 'becomes', 'costMore'] as const).map(key => (
              <th key={key} scope="col" className="yz-right">
                {t(key)}
              </th>
            ))}
            <th scope="col">{t('why')}</th>
          </tr>
        </thead>
        <tbody>
          {cuts.map(cut => {
            const task = tasks.get(cut.task)
            const perDay = task ? dayOfTask(plan, task) : 480
            const days = (minutes: number) => formats.number(minutes / perDay, 2)
            return (
              <tr key={cut.task}>
                <td className="yz-figure">{names.get(cut.task)?.number}</td>
                <td>
                  <TaskLink plan={id} task={cut.task}>
                    {task?.name || '—'}
                  </TaskLink>
                </td>
                <td className="yz-right yz-figure">{t('days', { days: days(task?.duration ?? 0) })}</td>
                <td className="yz-right yz-figure">{t('days', { days: days((task?.duration ?? 0) - cut.minutes) })}</td>
                <td className="yz-right yz-figure">{formats.money(cut.cost)}</td>
                <td>
                  {t('cutWhy', {
                    days: days(cut.minutes),
                    cost: formats.number(cut.cost, 2),
                    where: whereText(cut, t, formats.percent),
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

/** More paths than these are told by their share. */
const COUNTED = 99

function whereText({ through, paths }: Cut, t: Text<typeof text>, percent: (of: number) => string): string {
  if (through === 0) return t('onNone')
  if (paths === 1) return t('onOnly')
  if (paths === 2 && through === 2) return t('onBoth')
  if (paths > COUNTED) return t('onShare', { share: percent(through / paths) })
  return through === paths ? t('onAll', { all: paths }) : t('onSome', { all: paths, some: through })
}

interface TakeProps extends Pick<Props, 'record' | 'link' | 'mayEdit' | 'plan' | 'stale'> {
  readonly choice: CrashChoice
  readonly before: CrashChoice | undefined
  readonly after: number | null
}

function Take({ record, link, mayEdit, plan, stale, choice, before, after }: TakeProps) {
  const t = useText(text)
  const say = useSay()
  const formats = useFormats()
  const client = useClient()
  const changes = useChanges('plan')
  const navigate = useNavigate()
  const [busy, setBusy] = useState(false)
  const [naming, setNaming] = useState(false)
  const edits = () => crashEdits(plan, choice.cuts)
  const summary = t('takeSummary', {
    count: choice.cuts.length,
    before: dayText(before?.finish ?? 0),
    after: dayText(after ?? choice.finish),
    cost: formats.money(choice.direct),
  })
  const take = async () => {
    setBusy(true)
    try {
      const answer = await link.send({ id: newId(), edits: edits() }, summary)
      if (!answer.ok) return say.bad(new Error(answer.message))
      say.undoable(summary, () => link.run('undo').then(() => say.good(t('undone'))))
    } catch (error) {
      say.bad(error)
    } finally {
      setBusy(false)
    }
  }
  const mayBranch = record._can.includes('branch')
  return (
    <div className="yz-flex yz-crash-actions yz-no-print">
      <span className="yz-grow yz-soft">{t(mayEdit ? 'takeNote' : 'readOnly')}</span>
      {mayEdit && mayBranch && (
        <Button disabled={stale} onClick={() => setNaming(true)}>
          {t('toBranch')}
        </Button>
      )}
      {mayEdit && (
        <Button type="primary" disabled={stale} loading={busy} onClick={() => void take()}>
          {t('take')}
        </Button>
      )}
      {naming && (
        <InputDialog
          title={t('toBranch')}
          note={t('takeNote')}
          fields={branchFields(t('branchName', { date: dayText(choice.finish) }))}
          danger={false}
          onClose={() => setNaming(false)}
          onSubmit={async values => {
            const answer = await changes.run(record.id, 'branch', values)
            const made: unknown =
              typeof answer === 'object' && answer !== null ? Reflect.get(answer, 'plan') : undefined
            if (typeof made !== 'string') throw new Error('the branch was not named')
            await client.entity('plan').run(made, 'edit', { base: 0, edits: edits(), summary })
            say.good(t('branchMade'))
            setNaming(false)
            await navigate({ to: '/$module/$name/$id', params: { module: 'schedule', name: 'plan', id: made } })
          }}
        />
      )}
    </div>
  )
}

const branchFields = (name: string) =>
  inputFields({
    name: f.text({ zh: '方案名称', en: 'Name of the branch' }, { required: true, max: 200, default: name }),
  })
