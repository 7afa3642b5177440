// A proposal on the table: finish and overloads before and after, how good it is, each move with its reason, accepted one by one.
import { acceptLevelling, isChoice, type Overload } from '@yingzao/engines/levelling'
import { calendarClock } from '@yingzao/engines/schedule'
import type { Plan } from '@yingzao/engines/schedule/plan'
import type { Schedule } from '@yingzao/engines/schedule/result'
import type { RecordJson } from '@yingzao/kernel/entity'
import type { Text } from '@yingzao/ui/text/language.tsx'
import { useText } from '@yingzao/ui/text/language.tsx'
import { usePhone } from '@yingzao/ui/theme/mode.tsx'
import { Alert, Button } from 'antd'
import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import type { LevelInput } from './level.worker.ts'
import { LevellingMoves } from './levelling-moves.tsx'
import type { Send } from './levelling-view.tsx'
import type { KnownPlan } from './plan-link.ts'
import type { Proposal } from './proposal.ts'
import { dayText } from './resource-period.ts'
import { text } from './resource-text.ts'

interface Props {
  readonly record: RecordJson
  readonly known: KnownPlan
  readonly schedule: Schedule
  /** The plan that was levelled: the newest may have moved on. */
  readonly asked: KnownPlan
  readonly goal: LevelInput['goal']
  readonly proposal: Proposal
  readonly mayEdit: boolean
  readonly onAgain: () => void
  readonly onDiscard: () => void
  readonly send: Send
}

export function LevellingProposal(props: Props) {
  const { record, known, schedule, asked, goal, proposal, mayEdit, onAgain, onDiscard, send } = props
  const t = useText(text)
  const { plan } = asked
  const stale = known.revision !== asked.revision
  const choices = useMemo(
    () => proposal.differences.filter(each => isChoice(plan, each)).map(each => each.task),
    [plan, proposal],
  )
  const [taken, setTaken] = useState<ReadonlySet<string>>(() => new Set(choices))
  const [busy, setBusy] = useState(false)
  // A large plan takes a moment to compute: the boxes answer at once, the figures follow.
  const chosen = useDeferredValue(taken)
  const consequence = useMemo(() => acceptLevelling(plan, proposal, chosen), [plan, proposal, chosen])
  const names = new Map(plan.resources.map(each => [each.id, each.name]))
  const accepted = consequence.ok ? consequence.accepted : null
  const move = (from: number, to: number): string => moveText(from, to, t)

  // On a phone the question fills the screen: the answer comes into sight.
  const card = useRef<HTMLElement>(null)
  const phone = usePhone()
  useEffect(() => {
    if (phone) card.current?.scrollIntoView({ block: 'start' })
  }, [phone])

  const apply = async () => {
    if (!accepted) return
    setBusy(true)
    await send(
      [...accepted.edits],
      t('summary', {
        count: taken.size,
        before: dayText(proposal.finishBefore),
        after: dayText(accepted.schedule.finish),
        overBefore: proposal.overloadsBefore.length,
        overAfter: accepted.overloads.length,
      }),
    )
    setBusy(false)
  }

  return (
    <section className="yz-res-card yz-res-proposal" ref={card} aria-label={t('proposal')}>
      {stale && (
        <Alert
          type="warning"
          showIcon
          title={t('stale', { was: asked.revision, now: known.revision })}
          action={
            <Button size="small" onClick={onAgain}>
              {t('again')}
            </Button>
          }
        />
      )}
      <dl className="yz-res-figures">
        <div>
          <dt>{t('finishMove')}</dt>
          <dd className="yz-figure">
            {dayText(proposal.finishBefore)} → {dayText(proposal.finish)}
          </dd>
          <dd>{move(proposal.finishBefore, proposal.finish)}</dd>
        </div>
        <div>
          <dt>{t('overloads')}</dt>
          <dd className="yz-figure">
            {proposal.overloadsBefore.length} → {proposal.unresolved.length}
          </dd>
        </div>
        <div>
          <dt>{t('moved')}</dt>
          <dd className="yz-figure">{proposal.differences.length}</dd>
        </div>
        {proposal.disruption && (
          <div>
            <dt>{t('promises')}</dt>
            <dd className="yz-figure">
              {proposal.disruption.before.moved} → {proposal.disruption.after.moved}
            </dd>
            <dd>
              {t('promisesOf', {
                count: proposal.disruption.after.published,
                days: Math.round(proposal.disruption.after.minutes / 1440),
              })}
            </dd>
          </div>
        )}
        <Verdict plan={plan} goal={goal} proposal={proposal} bottleneck={names.get(proposal.bottleneck ?? '')} />
      </dl>
      {proposal.differences.length === 0 ? (
        <p className="yz-soft">{t('nothingMoves')}</p>
      ) : (
        <LevellingMoves
          record={record.id}
          plan={plan}
          differences={proposal.differences}
          choices={choices}
          taken={taken}
          onTake={setTaken}
          mayEdit={mayEdit && !stale}
        />
      )}
      {accepted && <Left plan={plan} overloads={accepted.overloads} whole={chosen.size === choices.length} />}
      <div className="yz-res-foot">
        <span className="yz-grow yz-figure" aria-live="polite">
          {accepted &&
            choices.length > 0 &&
            t('consequence', {
              count: chosen.size,
              all: choices.length,
              finish: dayText(accepted.schedule.finish),
              move: move(schedule.finish, accepted.schedule.finish),
              left: accepted.overloads.length,
            })}
          {!mayEdit && ` ${t('readOnly')}`}
        </span>
        <Button onClick={onDiscard}>{t('discard')}</Button>
        {mayEdit && (
          <Button
            type="primary"
            loading={busy}
            disabled={stale || chosen !== taken || !accepted || accepted.edits.length === 0}
            onClick={() => void apply()}
          >
            {t('apply')}
          </Button>
        )}
      </div>
    </section>
  )
}

/** In calendar days, as finish dates are spoken of. */
function moveText(from: number, to: number, t: Text<typeof text>): string {
  const days = Math.floor(to / 1440) - Math.floor(from / 1440)
  return days === 0 ? t('same') : days > 0 ? t('laterDays', { days }) : t('earlierDays', { days: -days })
}

interface VerdictProps {
  readonly plan: Plan
  readonly goal: LevelInput['goal']
  readonly proposal: Proposal
  readonly bottleneck: string | undefined
}

/** How good the finish is: proved, or how far from the best at most. */
function Verdict({ plan, goal, proposal, bottleneck }: VerdictProps) {
  const t = useText(text)
  const [tag, tone, note] = (() => {
    if (goal === 'slack' && proposal.unresolved.length > 0) return [t('unresolvedTag'), 'warn', t('slackNote')]
    if (proposal.proved) return [t('proved'), 'good', t('provedNote')]
    if (proposal.finish > proposal.lowerBound) {
      const bound = dayText(proposal.lowerBound)
      return [t('within', { percent: gap(plan, proposal) }), 'info', t('withinNote', { bound })]
    }
    return [t('unresolvedTag'), 'warn', t('unresolvedNote')]
  })()
  return (
    <div className="yz-res-verdict">
      <dt>
        <span className={`yz-tag yz-tag-${tone}`}>{tag}</span>
        {bottleneck !== undefined && (
          <span className="yz-tag yz-tag-neutral">{t('bottleneck', { resource: bottleneck })}</span>
        )}
      </dt>
      <dd>{note}</dd>
    </div>
  )
}

/** (finish − bound) of the working time that is left until the bound, in percent with a place, never rounded down to 0. */
function gap(plan: Plan, { start, finish, lowerBound }: Proposal): string {
  const made = calendarClock(plan.calendars, plan.options.calendar)
  const work = made.ok ? made.clock.work : (a: number, b: number) => b - a
  const from = Math.max(start, plan.options.statusDate ?? start)
  const share = (100 * work(lowerBound, finish)) / Math.max(1, work(from, lowerBound))
  return String(Math.max(0.1, Math.ceil(share * 10) / 10))
}

const MOST_LEFT = 12

interface LeftProps {
  readonly plan: Plan
  readonly overloads: readonly Overload[]
  /** All moves are accepted: what is left cannot be helped by any. */
  readonly whole: boolean
}

function Left({ plan, overloads, whole }: LeftProps) {
  const t = useText(text)
  const [all, setAll] = useState(false)
  if (overloads.length === 0) return null
  const names = new Map(plan.resources.map(each => [each.id, each.name]))
  const shown = all ? overloads : overloads.slice(0, MOST_LEFT)
  return (
    <div className="yz-res-left">
      <h3>{t('left')}</h3>
      {whole && <p className="yz-faint">{t('unresolvedNote')}</p>}
      <ul>
        {shown.map(each => (
          <li key={`${each.resource}${each.from}`}>
            <strong>▲ {names.get(each.resource) ?? each.resource}</strong>{' '}
            <span className="yz-figure yz-soft">
              {t('leftRow', {
                from: dayText(each.from),
                to: dayText(each.to),
                used: round(each.used),
                capacity: round(each.capacity),
              })}
            </span>
          </li>
        ))}
      </ul>
      {shown.length < overloads.length && (
        <Button type="link" onClick={() => setAll(true)}>
          {t('moreLeft', { count: overloads.length - shown.length })}
        </Button>
      )}
    </div>
  )
}

const round = (units: number): string => String(Math.round(units * 100) / 100)
