// Levelling as a proposal: how and how long to look, what was found, and how much of it the planner takes.
import { useQuery } from '@tanstack/react-query'
import { choicesOf, clearLevelling, type LevelProgress, type Overload } from '@yingzao/engines/levelling'
import type { Schedule } from '@yingzao/engines/schedule/result'
import type { RecordJson } from '@yingzao/kernel/entity'
import { newId } from '@yingzao/platform/client'
import { useClient } from '@yingzao/platform/client/react'
import { useBackground } from '@yingzao/ui/background/background'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { useSay } from '@yingzao/ui/data/say'
import { useText } from '@yingzao/ui/text/language.tsx'
import { Alert, Button, Radio, Segmented, Select } from 'antd'
import { useState } from 'react'
import type { LevelInput, LevelResult } from './level.worker.ts'
import { LevellingProposal } from './levelling-proposal.tsx'
import { SearchRunning } from './levelling-running.tsx'
import type { KnownPlan, PlanLink } from './plan-link.ts'
import { hasBaseline, readPublished, startsToKeep } from './published.ts'
import { text } from './resource-text.ts'

interface Props {
  readonly record: RecordJson
  readonly known: KnownPlan
  readonly schedule: Schedule
  readonly overloads: readonly Overload[]
  readonly link: PlanLink
  readonly mayEdit: boolean
}

const open = () => new Worker(new URL('./level.worker.ts', import.meta.url), { type: 'module' })

export type Send = (edits: ReturnType<typeof clearLevelling>, summary: string) => Promise<void>

export function LevellingView({ record, known, schedule, overloads, link, mayEdit }: Props) {
  const t = useText(text)
  const say = useSay()
  const client = useClient()
  const { work, start, cancel, finish } = useBackground<LevelInput, LevelProgress, LevelResult>(open)
  const [goal, setGoal] = useState<LevelInput['goal']>('level')
  const [seconds, setSeconds] = useState(5)
  const [left, setLeft] = useState<readonly string[] | null>(null)
  const [asked, setAsked] = useState(known)
  const { plan } = known
  const original = typeof record.branch_of === 'string' ? record.branch_of : record.id
  const version = useQuery({
    queryKey: ['published-version', original],
    queryFn: () => readPublished(client, original),
    enabled: entityOf(useMeta(), 'plan_baseline') !== undefined,
  })
  const resources = plan.resources.filter(each => each.kind === 'work' && !each.inactive)
  const counted = left ?? resources.map(each => each.id)
  const cleared = clearLevelling(plan)
  // Overloads to resolve, delays that may not be needed any more, work that nobody has been chosen for.
  const wanted = overloads.length + cleared.length + choicesOf(plan).length
  const propose = () => {
    setAsked(known)
    const published = startsToKeep(plan, version.data ?? null)
    start({ plan, goal, published, seconds, resources: counted })
  }

  /** One edit with its line in the history; the way back stands beside the word that it is done. */
  const send: Send = async (edits, summary) => {
    try {
      const answer = await link.send({ id: newId(), edits }, summary)
      if (!answer.ok) return say.bad(new Error(answer.message))
      cancel()
      say.undoable(summary, () => link.run('undo').then(() => say.good(t('undone'))))
    } catch (error) {
      say.bad(error)
    }
  }

  return (
    <>
      <section className="yz-res-card yz-res-ask" aria-label={t('goal')}>
        <fieldset disabled={work.at === 'running'}>
          <legend className="yz-res-label">{t('goal')}</legend>
          <Radio.Group
            vertical
            value={goal}
            disabled={work.at === 'running'}
            onChange={event => setGoal(goalOf(event.target.value))}
            options={[
              { value: 'level', label: t('goalLevel') },
              { value: 'slack', label: t('goalSlack') },
              { value: 'published', label: t('goalPublished') },
            ]}
          />
          {goal === 'published' && (
            <p className="yz-faint">
              {version.data
                ? t('publishedVersion', { name: version.data.name })
                : t(hasBaseline(plan) ? 'publishedBaseline' : 'publishedNow')}
            </p>
          )}
        </fieldset>
        <div className="yz-res-field">
          <span id="yz-res-effort" className="yz-res-label">
            {t('effort')}
          </span>
          <Segmented<number>
            aria-labelledby="yz-res-effort"
            disabled={work.at === 'running'}
            value={seconds}
            onChange={setSeconds}
            options={[
              { value: 5, label: t('quick') },
              { value: 30, label: t('thorough') },
              { value: 120, label: t('long') },
            ]}
          />
        </div>
        <div className="yz-res-field">
          <span className="yz-res-label">{t('counted')}</span>
          <Select
            mode="multiple"
            aria-label={t('counted')}
            maxTagCount="responsive"
            disabled={work.at === 'running'}
            value={left === null ? [] : [...left]}
            placeholder={t('allResources')}
            showSearch={{ optionFilterProp: 'label' }}
            options={resources.map(each => ({ value: each.id, label: each.name }))}
            onChange={(value: string[]) => setLeft(value.length === 0 ? null : value)}
          />
        </div>
        <div className="yz-flex yz-res-go">
          {/* Never disabled by its own work: the keyboard stays where it is. */}
          <Button
            type="primary"
            loading={work.at === 'running' || (goal === 'published' && version.isLoading)}
            disabled={wanted === 0}
            onClick={propose}
          >
            {t('propose')}
          </Button>
          {mayEdit && cleared.length > 0 && (
            <Button
              disabled={work.at === 'running'}
              title={t('clearNote', { count: cleared.length })}
              onClick={() => void send(cleared, t('cleared', { count: cleared.length }))}
            >
              {t('clear')}
            </Button>
          )}
        </div>
        <p className="yz-faint">
          {wanted === 0 ? t('noOverload') : t('proposeNote')}
          {cleared.length > 0 && ` ${t('clearNote', { count: cleared.length })}`}
        </p>
      </section>
      {work.at === 'running' && <SearchRunning progress={work.progress} cancel={cancel} finish={finish} />}
      {work.at === 'broken' && <Alert type="error" showIcon title={t('broken', { message: work.message })} />}
      {work.at === 'done' && !work.result.ok && (
        <Alert
          type="warning"
          showIcon
          title={t(work.result.code === 'levelling.from_finish' ? 'fromFinish' : 'refused')}
        />
      )}
      {work.at === 'done' && work.result.ok && (
        <LevellingProposal
          record={record}
          known={known}
          schedule={schedule}
          asked={asked}
          goal={work.result.goal}
          proposal={work.result.proposal}
          mayEdit={mayEdit}
          onAgain={propose}
          onDiscard={cancel}
          send={send}
        />
      )}
    </>
  )
}

const goalOf = (value: unknown): LevelInput['goal'] => (value === 'slack' || value === 'published' ? value : 'level')
