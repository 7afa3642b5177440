// A proposal for several plans on the table: lateness, finish and overloads before and after, each plan with its moves, taken
// whole, by plan or by move. Each plan taken is one edit of that plan, undone by itself.
import {
  type AcceptedLevelling,
  acceptLevelling,
  isChoice,
  type SharedResource,
  sharedOverloads,
} from '@yingzao/engines/levelling'
import { compute } from '@yingzao/engines/schedule'
import type { Plan } from '@yingzao/engines/schedule/plan'
import { newId } from '@yingzao/platform/client'
import { useClient } from '@yingzao/platform/client/react'
import { useSay } from '@yingzao/ui/data/say'
import { useFormats, useText } from '@yingzao/ui/text/language.tsx'
import { Alert, Button, Checkbox } from 'antd'
import { useDeferredValue, useMemo, useState } from 'react'
import { daysLate, type Part } from './company-ask.tsx'
import type { CompanyProposal } from './company-level.worker.ts'
import { text } from './company-level-text.ts'
import { LevellingMoves } from './levelling-moves.tsx'
import type { Proposal } from './proposal.ts'
import { dayText } from './resource-period.ts'
import { text as resourceText } from './resource-text.ts'
import type { CompanyPlan } from './use-company-plans.ts'

/** A plan as it was when the question was asked. */
export interface AskedPlan {
  readonly id: string
  /** Of its project. */
  readonly name: string
  readonly plan: Plan
  readonly revision: number
  readonly part: Part
  readonly weight: number
  readonly due: number | null
}

interface Props {
  readonly asked: readonly AskedPlan[]
  readonly shared: readonly SharedResource[]
  readonly withinSlack: boolean
  readonly proposal: CompanyProposal
  /** The plans as they are now. */
  readonly now: readonly CompanyPlan[]
  /** People and crews by their id in `shared`. */
  readonly named: ReadonlyMap<string, string>
  readonly onAgain: () => void
  readonly onDiscard: () => void
}

type Taken = ReadonlyMap<string, ReadonlySet<string>>
type Done = { readonly ok: true; readonly undone: boolean } | { readonly ok: false; readonly reason: string }

const DAY = 1440
const MOST_LEFT = 12

export function CompanyProposalView(props: Props) {
  const { asked, shared, withinSlack, proposal, now, named, onAgain, onDiscard } = props
  const t = useText(text)
  const of = useText(resourceText)
  const formats = useFormats()
  const say = useSay()
  const client = useClient()
  const known = useMemo(() => new Map(asked.map(each => [each.id, each])), [asked])
  const moved = useMemo(
    () =>
      proposal.projects.flatMap(({ id, proposal: own }) => {
        const plan = known.get(id)
        if (!plan) return []
        const choices = own.differences.filter(each => isChoice(plan.plan, each)).map(each => each.task)
        return [{ ...plan, proposal: own, choices }]
      }),
    [proposal, known],
  )
  const [taken, setTaken] = useState<Taken>(() => new Map(moved.map(({ id, choices }) => [id, new Set(choices)])))
  const [done, setDone] = useState<ReadonlyMap<string, Done>>(new Map())
  const [shown, setShown] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  // Large plans take a moment to compute: the boxes answer at once, the figures follow.
  const chosen = useDeferredValue(taken)
  const consequence = useConsequence(asked, moved, shared, chosen)
  const stale = asked.filter(
    ({ id, revision }) => !done.has(id) && now.some(each => each.id === id && each.revision !== revision),
  )
  const open = moved.filter(({ id }) => !done.get(id)?.ok)
  const count = open.reduce((sum, { id }) => sum + (chosen.get(id)?.size ?? 0), 0)
  const edited = open.filter(({ id }) => (consequence.accepted.get(id)?.edits.length ?? 0) > 0)
  const days = (minutes: number) => formats.number(Math.round((10 * minutes) / DAY) / 10)
  /** Whole days late times weight, as the rows show them. */
  const lateness = (finishOf: (each: (typeof moved)[number]) => number) =>
    formats.number(moved.reduce((sum, each) => sum + each.weight * daysLate(finishOf(each), each.due), 0))
  const names = new Map(asked.flatMap(({ id, plan }) => plan.tasks.map(task => [`${id} ${task.id}`, task.name])))
  const projectOf = (id: string) => known.get(id)?.name ?? id

  const apply = async () => {
    setBusy(true)
    const results = new Map(done)
    for (const { id, revision, proposal: own } of edited) {
      const accepted = consequence.accepted.get(id)
      if (!accepted) continue
      const summary = t('summary', {
        count: chosen.get(id)?.size ?? 0,
        before: dayText(own.finishBefore),
        after: dayText(accepted.schedule.finish),
      })
      try {
        const input = { base: revision, edits: accepted.edits, summary }
        await client.entity('plan').run(id, 'edit', input, { idempotencyKey: newId() })
        results.set(id, { ok: true, undone: false })
      } catch (error) {
        results.set(id, { ok: false, reason: say.reason(error) })
      }
      setDone(new Map(results))
    }
    setBusy(false)
    const good = [...results.values()].filter(each => each.ok).length
    if (good > 0) say.good(t('acceptedAll', { count: good }))
  }
  const undo = async (id: string) => {
    try {
      await client.entity('plan').run(id, 'undo')
      setDone(new Map([...done, [id, { ok: true, undone: true }]]))
    } catch (error) {
      say.bad(error)
    }
  }
  const { before, after } = proposal
  const overloaded =
    after.overloads.length > 0 || proposal.projects.some(({ proposal: own }) => own.unresolved.length > 0)
  const row = moved.find(({ id }) => id === shown)
  return (
    <section className="yz-res-card yz-res-proposal" aria-label={of('proposal')}>
      {stale.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t('stale', { projects: stale.map(each => each.name).join('、') })}
          action={
            <Button size="small" onClick={onAgain}>
              {of('again')}
            </Button>
          }
        />
      )}
      <dl className="yz-res-figures">
        <div>
          <dt>{t('tardiness')}</dt>
          <dd className="yz-figure">
            {lateness(each => each.proposal.finishBefore)} → {lateness(each => each.proposal.finish)}
          </dd>
          <dd>{t('tardinessBound', { days: lateness(each => each.proposal.lowerBound) })}</dd>
        </div>
        <div>
          <dt>{t('lastFinish')}</dt>
          <dd className="yz-figure">
            {dayText(before.finish)} → {dayText(after.finish)}
          </dd>
          <dd>{of('bestBound', { bound: dayText(proposal.finishBound) })}</dd>
        </div>
        <div>
          <dt>{t('sharedOverloads')}</dt>
          <dd className="yz-figure">
            {before.overloads.length} → {after.overloads.length}
          </dd>
        </div>
        <div>
          <dt>{t('averageDelay')}</dt>
          <dd className="yz-figure">{days(proposal.averageDelay)}</dd>
          <dd>{t('averageNote')}</dd>
        </div>
        <div className="yz-res-verdict">
          <dt>
            <span className={`yz-tag yz-tag-${proposal.proved ? 'good' : overloaded ? 'warn' : 'info'}`}>
              {proposal.proved ? of('proved') : overloaded ? of('unresolvedTag') : t('notProved')}
            </span>
          </dt>
          <dd>
            {proposal.proved
              ? t('provedNote')
              : overloaded
                ? withinSlack
                  ? of('slackNote')
                  : of('unresolvedNote')
                : t('withinNote')}
          </dd>
        </div>
      </dl>
      <div className="yz-scroll-x">
        <table className="yz-plain-table yz-res-plans">
          <thead>
            <tr>
              <th scope="col" aria-label={of('apply')} />
              <th scope="col">{t('project')}</th>
              <th scope="col">{t('due')}</th>
              <th scope="col">{of('finishMove')}</th>
              <th scope="col">{t('daysLate')}</th>
              <th scope="col" className="yz-right">
                {of('overloads')}
              </th>
              <th scope="col">{t('moved')}</th>
              <th scope="col" aria-label={t('accepted')} />
            </tr>
          </thead>
          <tbody>
            {moved.map(({ id, name, due, proposal: own, choices }) => {
              const some = taken.get(id)?.size ?? 0
              const state = done.get(id)
              return (
                <tr key={id} data-open={shown === id || undefined}>
                  <td>
                    <Checkbox
                      aria-label={t('acceptPlan', { project: name })}
                      disabled={choices.length === 0 || state?.ok === true}
                      checked={some > 0 && some === choices.length}
                      indeterminate={some > 0 && some < choices.length}
                      onChange={event => setTaken(withPlan(taken, id, event.target.checked ? choices : []))}
                    />
                  </td>
                  <td>{name}</td>
                  <td data-label={t('due')} className="yz-figure yz-nowrap">
                    {due === null ? '—' : dayText(due - 1)}
                  </td>
                  <td data-label={of('finishMove')} className="yz-figure yz-nowrap">
                    <span className="yz-faint">{dayText(own.finishBefore)} →</span> {dayText(own.finish)}
                  </td>
                  <td data-label={t('daysLate')} className="yz-figure yz-nowrap">
                    {daysLate(own.finishBefore, due)} → {daysLate(own.finish, due)}
                  </td>
                  <td data-label={of('overloads')} className="yz-figure yz-nowrap yz-right">
                    {own.overloadsBefore.length} → {own.unresolved.length}
                  </td>
                  <td data-label={t('moved')}>
                    {own.differences.length === 0 ? (
                      <span className="yz-faint">{of('same')}</span>
                    ) : (
                      <Button
                        type="link"
                        size="small"
                        aria-expanded={shown === id}
                        aria-label={`${t('moveCount', { count: own.differences.length })} · ${name}`}
                        onClick={() => setShown(shown === id ? null : id)}
                      >
                        {t('moveCount', { count: own.differences.length })}
                      </Button>
                    )}
                  </td>
                  <td role="status">
                    {state?.ok === false && <span className="yz-bad">{t('refusedRow', { reason: state.reason })}</span>}
                    {state?.ok === true && (
                      <span className="yz-flex">
                        <span className={`yz-tag yz-tag-${state.undone ? 'neutral' : 'good'}`}>
                          {t(state.undone ? 'undone' : 'accepted')}
                        </span>
                        {!state.undone && (
                          <Button size="small" aria-label={t('undo', { project: name })} onClick={() => void undo(id)}>
                            {t('undoShort')}
                          </Button>
                        )}
                      </span>
                    )}
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
      {row && (
        <section aria-label={t('showMoves', { project: row.name })}>
          <h3>{row.name}</h3>
          <LevellingMoves
            key={row.id}
            record={row.id}
            plan={row.plan}
            differences={row.proposal.differences}
            choices={row.choices}
            taken={taken.get(row.id) ?? new Set()}
            onTake={tasks => setTaken(withPlan(taken, row.id, tasks))}
            mayEdit={!done.get(row.id)?.ok}
            elsewhere={({ project, task }) =>
              t('waitsElsewhere', { project: projectOf(project), task: names.get(`${project} ${task}`) ?? task })
            }
          />
        </section>
      )}
      {consequence.left.length > 0 && (
        <div className="yz-res-left">
          <h3>{t('leftShared')}</h3>
          <ul>
            {consequence.left.slice(0, MOST_LEFT).map(each => (
              <li key={`${each.shared}${each.from}`}>
                <strong>▲ {named.get(each.shared) ?? each.shared}</strong>{' '}
                <span className="yz-figure yz-soft">
                  {t('leftRow', {
                    from: dayText(each.from),
                    to: dayText(each.to),
                    used: formats.number(Math.round(100 * each.used) / 100),
                    capacity: formats.number(Math.round(100 * each.capacity) / 100),
                    projects: [...new Set(each.tasks.map(({ project }) => projectOf(project)))].join('、'),
                  })}
                </span>
              </li>
            ))}
          </ul>
          {consequence.left.length > MOST_LEFT && (
            <p className="yz-faint">{of('moreLeft', { count: consequence.left.length - MOST_LEFT })}</p>
          )}
        </div>
      )}
      <div className="yz-res-foot">
        <span className="yz-grow yz-figure" aria-live="polite">
          {count > 0 &&
            t('consequence', {
              plans: edited.length,
              count,
              late: lateness(
                ({ id, proposal: own }) => consequence.accepted.get(id)?.schedule.finish ?? own.finishBefore,
              ),
              finish: dayText(consequence.finish),
              left: consequence.left.length,
            })}
        </span>
        <Button onClick={onDiscard}>{of('discard')}</Button>
        <Button
          type="primary"
          loading={busy}
          disabled={stale.length > 0 || chosen !== taken || edited.length === 0}
          onClick={() => void apply()}
        >
          {t('apply')}
        </Button>
      </div>
    </section>
  )
}

const withPlan = (taken: Taken, plan: string, tasks: Iterable<string>): Taken =>
  new Map([...taken, [plan, new Set(tasks)]])

interface MovedPlan extends AskedPlan {
  readonly proposal: Proposal
}

/** What follows from what is chosen: dates of every plan, lateness, and what the plans still ask for together. */
function useConsequence(
  asked: readonly AskedPlan[],
  moved: readonly MovedPlan[],
  shared: readonly SharedResource[],
  taken: Taken,
) {
  // Only the plan whose choice changed is computed again.
  const [known] = useState(() => new WeakMap<ReadonlySet<string>, AcceptedLevelling>())
  const still = useMemo(
    () =>
      asked.flatMap(({ id, plan }) => {
        if (moved.some(each => each.id === id)) return []
        const outcome = compute(plan)
        return outcome.ok ? [{ id, plan, dates: outcome.schedule.tasks }] : []
      }),
    [asked, moved],
  )
  return useMemo(() => {
    const accepted = new Map<string, AcceptedLevelling>()
    for (const { id, plan, proposal } of moved) {
      const tasks = taken.get(id) ?? new Set()
      const outcome = known.get(tasks)
      if (outcome) accepted.set(id, outcome)
      else {
        const made = acceptLevelling(plan, proposal, tasks)
        if (!made.ok) continue
        known.set(tasks, made.accepted)
        accepted.set(id, made.accepted)
      }
    }
    const dated = moved.flatMap(({ id }) => {
      const own = accepted.get(id)
      return own ? [{ id, plan: own.plan, dates: own.schedule.tasks }] : []
    })
    return {
      accepted,
      finish: Math.max(...[...accepted.values()].map(each => each.schedule.finish)),
      left: sharedOverloads([...dated, ...still], shared),
    }
  }, [moved, still, shared, taken, known])
}
