// Several plans levelled together as a proposal: what takes part and how much it counts, the search, what was found.
import type { LevelProgress, ProjectPlan } from '@yingzao/engines/levelling'
import type { Plan } from '@yingzao/engines/schedule/plan'
import { useClient } from '@yingzao/platform/client/react'
import { useBackground } from '@yingzao/ui/background/background'
import { useSay } from '@yingzao/ui/data/say'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { useText } from '@yingzao/ui/text/language.tsx'
import { Alert, Button, Radio, Segmented, Select } from 'antd'
import { useEffect, useMemo, useRef, useState } from 'react'
import { revivedPlan } from '../revive.ts'
import { CompanyAsk, type Wish, wishOf } from './company-ask.tsx'
import type { CompanyInput, CompanyResult } from './company-level.worker.ts'
import { text } from './company-level-text.ts'
import { type AskedPlan, CompanyProposalView } from './company-proposal.tsx'
import { SearchRunning } from './levelling-running.tsx'
import { readPublished, startsToKeep } from './published.ts'
import { text as resourceText } from './resource-text.ts'
import { commonNames, sharedResources } from './share.ts'
import { useCompanyPlans } from './use-company-plans.ts'

const open = () => new Worker(new URL('./company-level.worker.ts', import.meta.url), { type: 'module' })

const goals = ['level', 'slack', 'published'] as const
type Goal = (typeof goals)[number]

interface Asked {
  readonly plans: readonly AskedPlan[]
  readonly input: CompanyInput
}

export default function CompanyLevel({ company }: { company: string }) {
  const t = useText(text)
  const of = useText(resourceText)
  const say = useSay()
  const client = useClient()
  const found = useCompanyPlans()
  const { names, people, resources = [] } = found
  const [wishes, setWishes] = useState<ReadonlyMap<string, Wish>>(new Map())
  const [goal, setGoal] = useState<Goal>('level')
  const [seconds, setSeconds] = useState(5)
  const [crews, setCrews] = useState<readonly string[]>([])
  const [reading, setReading] = useState(false)
  const [asked, setAsked] = useState<Asked | null>(null)
  const { work, start, cancel, finish } = useBackground<CompanyInput, LevelProgress, CompanyResult>(open)
  const plans = found.plans.filter(each => company === '' || each.company === company)
  const wishFor = (id: string): Wish | undefined => {
    const plan = plans.find(each => each.id === id)
    return plan && (wishes.get(id) ?? wishOf(plan))
  }
  const taking = plans.filter(each => wishFor(each.id)?.part !== 'out')
  const key = taking.map(each => each.id).join()
  const rows = useMemo(() => {
    const ids = new Set(key.split(','))
    return resources.filter(each => ids.has(each.plan))
  }, [resources, key])
  const common = useMemo(() => commonNames(rows), [rows])
  const chosen = crews.filter(each => common.includes(each))
  const shared = useMemo(() => sharedResources(rows, chosen), [rows, chosen.join('\n')])
  const running = work.at === 'running' || reading
  const there = useRef(true)
  useEffect(() => {
    there.current = true
    return () => {
      there.current = false
    }
  }, [])

  if (found.error && plans.length === 0) return <Failed error={found.error} retry={found.retry} />
  if (found.isPending) return <Waiting />
  if (plans.length === 0)
    return (
      <section className="yz-notice">
        <h2>{t('none')}</h2>
        <p className="yz-soft">{t('noneNext')}</p>
      </section>
    )

  const propose = async () => {
    if (running) return
    cancel()
    setReading(true)
    try {
      const read = await Promise.all(
        taking.map(async each => {
          const wish = wishFor(each.id) ?? wishOf(each)
          const { plan, revision } = await client.entity('plan').read<{ plan: Plan; revision: number }>(each.id, 'load')
          const name = names.get(each.project) ?? each.name
          const promised = goal === 'published' && wish.part === 'moves' ? await readPublished(client, each.id) : null
          return { id: each.id, name, plan: revivedPlan(plan), revision, promised, ...wish }
        }),
      )
      if (!there.current) return
      const projects = read.map(
        ({ id, plan, part, weight, due, promised }): ProjectPlan => ({
          ...{ id, plan, weight, stays: part === 'stays' },
          ...(goal === 'published' && part === 'moves' && { published: startsToKeep(plan, promised) }),
          ...(due === null ? {} : { due }),
        }),
      )
      const input = { projects, shared, withinSlack: goal === 'slack', seconds }
      setAsked({ plans: read, input })
      start(input)
    } catch (error) {
      say.bad(error)
    } finally {
      setReading(false)
    }
  }
  const moving = taking.filter(each => wishFor(each.id)?.part === 'moves')
  const named = new Map([...shared.map(({ id }) => [id, id] as const), ...people])
  return (
    <>
      <section className="yz-res-card yz-res-ask" aria-label={t('question')}>
        <CompanyAsk
          plans={plans}
          names={names}
          wishes={wishes}
          onWish={(plan, wish) => setWishes(new Map([...wishes, [plan, wish]]))}
          disabled={running}
        />
        <p className="yz-faint">{t('priorityNote')}</p>
        <Radio.Group
          vertical
          aria-label={of('goal')}
          disabled={running}
          value={goal}
          onChange={event => setGoal(goals.find(each => each === event.target.value) ?? 'level')}
          options={[
            { value: 'level', label: t('goalLevel') },
            { value: 'slack', label: t('goalSlack') },
            { value: 'published', label: of('goalPublished') },
          ]}
        />
        <div className="yz-res-field">
          <span className="yz-res-label">{t('crews')}</span>
          <Select
            mode="multiple"
            aria-label={t('crews')}
            maxTagCount="responsive"
            disabled={running || common.length === 0}
            value={chosen}
            placeholder={t('crewsNone')}
            showSearch={{ optionFilterProp: 'label' }}
            options={common.map(value => ({ value, label: value }))}
            onChange={(value: string[]) => setCrews(value)}
          />
        </div>
        <div className="yz-res-field">
          <span id="yz-together-effort" className="yz-res-label">
            {of('effort')}
          </span>
          <Segmented<number>
            aria-labelledby="yz-together-effort"
            disabled={running}
            value={seconds}
            onChange={setSeconds}
            options={[
              { value: 5, label: of('quick') },
              { value: 30, label: of('thorough') },
              { value: 120, label: of('long') },
            ]}
          />
        </div>
        <div className="yz-flex yz-res-go">
          {/* Never disabled by its own work: the keyboard stays where it is. */}
          <Button type="primary" loading={running} disabled={moving.length === 0} onClick={() => void propose()}>
            {of('propose')}
          </Button>
        </div>
        <p className="yz-faint">
          {t('sharedSum', { people: shared.length - chosen.length, crews: chosen.length })} {t('crewsNote')}{' '}
          {t('unseen')} {moving.length === 0 ? t('needsTwo') : of('proposeNote')}
        </p>
      </section>
      {reading && (
        <p className="yz-soft" role="status">
          {t('reading')}
        </p>
      )}
      {work.at === 'running' && <SearchRunning progress={work.progress} cancel={cancel} finish={finish} />}
      {work.at === 'broken' && <Alert type="error" showIcon title={of('broken', { message: work.message })} />}
      {work.at === 'done' && !work.result.ok && asked && (
        <Alert
          type="warning"
          showIcon
          title={t(work.result.code === 'levelling.from_finish' ? 'fromFinish' : 'refused', {
            project: asked.plans.find(each => !work.result.ok && each.id === work.result.project)?.name ?? '',
          })}
        />
      )}
      {work.at === 'done' && work.result.ok && asked && (
        <CompanyProposalView
          key={asked.plans.map(each => `${each.id}@${each.revision}`).join()}
          asked={asked.plans}
          shared={asked.input.shared}
          withinSlack={asked.input.withinSlack}
          proposal={work.result.proposal}
          now={found.plans}
          named={named}
          onAgain={() => void propose()}
          onDiscard={cancel}
        />
      )}
    </>
  )
}
