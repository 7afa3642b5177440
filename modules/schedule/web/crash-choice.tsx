// One point of the curve: what it costs and saves, when the whole plan computed with it ends, each task it changes and why, and
// the ways to take it over.
import { useNavigate } from '@tanstack/react-router'
import { compare, exact, subtract } from '@yingzao/engines/money'
import { applyEdits, compute, dayOf, type PlanEdit } from '@yingzao/engines/schedule'
import type { Plan } from '@yingzao/engines/schedule/plan'
import { type CrashChoice, crashEdits, type PlanCrash } from '@yingzao/engines/time-cost'
import { f } from '@yingzao/kernel/entity'
import { newId } from '@yingzao/platform/client'
import { useClient } from '@yingzao/platform/client/react'
import { Figures } from '@yingzao/ui/chart/figures.tsx'
import { useChanges } from '@yingzao/ui/data/changes'
import { useSay } from '@yingzao/ui/data/say'
import { InputDialog, inputFields } from '@yingzao/ui/record/verb-bar.tsx'
import { useFormats, useText } from '@yingzao/ui/text/language.tsx'
import { Button, Slider } from 'antd'
import { useMemo, useState } from 'react'
import { alternativesOf, type CrashInputs } from '../crash.ts'
import { dayText } from './analysis.tsx'
import { CrashChanges } from './crash-changes.tsx'
import { text } from './crash-text.ts'
import type { PlanLookProps } from './plan-look.ts'

interface Props extends Pick<PlanLookProps, 'record' | 'link' | 'mayEdit'> {
  /** The plan and the inputs that the curve is of. */
  readonly plan: Plan
  readonly inputs: CrashInputs
  /** Either has moved on since: another curve is on its way. */
  readonly stale: boolean
  readonly crash: PlanCrash
  readonly chosen: number
  readonly choose: (at: number) => void
  readonly contract: string | null
}

export function CrashChosen({ record, link, mayEdit, plan, inputs, stale, crash, chosen, choose, contract }: Props) {
  const t = useText(text)
  const formats = useFormats()
  const { choices, best, now } = crash
  const choice = choices[chosen]
  const edits = useMemo(() => (choice ? editsOf(plan, inputs, choice) : []), [plan, inputs, choice])
  const real = useMemo(() => computedWith(plan, edits), [plan, edits])
  if (!choice) return null
  const changed = choice.cuts.length + choice.switches.length
  const [asIs, next] = [choices[now], choices[chosen + 1]]
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
          {chosen === last && last > 0 && crash.shortest && (
            <span className="yz-tag yz-tag-info">{t('tagShortest')}</span>
          )}{' '}
          {chosen === now && changed === 0 && <span className="yz-tag yz-tag-neutral">{t('tagAsIs')}</span>}{' '}
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
              choice.proved || compare(choice.bound, choice.direct) >= 0
                ? t('boundReached')
                : t('boundNote', { bound: formats.moneyShort(choice.bound) }),
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
      {changed === 0 ? (
        <p className="yz-soft">{t('nothingShortened')}</p>
      ) : (
        <>
          <CrashChanges id={record.id} {...{ plan, inputs, choice }} />
          <Take {...{ record, link, mayEdit, stale, choice, edits }} before={asIs} after={real} />
        </>
      )}
    </section>
  )
}

const editsOf = (plan: Plan, inputs: CrashInputs, choice: CrashChoice) =>
  crashEdits(plan, choice, { alternatives: alternativesOf(plan, inputs), newId })

/** Finish of the whole plan with what is chosen; null when it cannot be computed. */
function computedWith(plan: Plan, edits: readonly PlanEdit[]): number | null {
  const applied = applyEdits(plan, edits)
  const outcome = applied.ok ? compute(applied.plan) : null
  return outcome?.ok ? outcome.schedule.finish : null
}

interface TakeProps extends Pick<Props, 'record' | 'link' | 'mayEdit' | 'stale'> {
  readonly edits: readonly PlanEdit[]
  readonly choice: CrashChoice
  readonly before: CrashChoice | undefined
  readonly after: number | null
}

function Take({ record, link, mayEdit, stale, choice, edits, before, after }: TakeProps) {
  const t = useText(text)
  const say = useSay()
  const formats = useFormats()
  const client = useClient()
  const changes = useChanges('plan')
  const navigate = useNavigate()
  const [busy, setBusy] = useState(false)
  const [naming, setNaming] = useState(false)
  const switched = choice.switches.length
  const note = t(switched > 0 ? 'takeNoteSwitch' : 'takeNote')
  const summary = t(switched > 0 ? 'takeChanged' : 'takeSummary', {
    ...{ count: choice.cuts.length + switched, switched },
    before: dayText(before?.finish ?? 0),
    after: dayText(after ?? choice.finish),
    cost: formats.money(choice.direct),
  })
  const take = async () => {
    setBusy(true)
    try {
      const answer = await link.send({ id: newId(), edits }, summary)
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
      <span className="yz-grow yz-soft">{mayEdit ? note : t('readOnly')}</span>
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
          note={note}
          fields={branchFields(t('branchName', { date: dayText(choice.finish) }))}
          danger={false}
          onClose={() => setNaming(false)}
          onSubmit={async values => {
            const answer = await changes.run(record.id, 'branch', values)
            const made: unknown =
              typeof answer === 'object' && answer !== null ? Reflect.get(answer, 'plan') : undefined
            if (typeof made !== 'string') throw new Error('the branch was not named')
            await client.entity('plan').run(made, 'edit', { base: 0, edits, summary })
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
