// How sure the finish of the plan is: what is assumed, a simulation in the background, and what it says.
import { useRecord } from '@yingzao/platform/client/react'
import { useBackground } from '@yingzao/ui/background/background'
import { useChanges } from '@yingzao/ui/data/changes'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { useSay } from '@yingzao/ui/data/say'
import { useText } from '@yingzao/ui/text/language.tsx'
import { Alert, Button } from 'antd'
import { useEffect, useMemo, useRef, useState } from 'react'
import { type PlanRisk as Risk, readRisk, riskCosts, riskJson, uncertainTasks, usualRisk } from '../risk.ts'
import { Nothing, Running, Stale } from './analysis.tsx'
import { text as analysisText } from './analysis-text.ts'
import type { PlanLookProps } from './plan-look.ts'
import type { RiskInput, RiskResult } from './risk.worker.ts'
import { ascends } from './risk-cells.tsx'
import { RiskInputs } from './risk-inputs.tsx'
import { RiskOutcome } from './risk-result.tsx'
import { text } from './risk-text.ts'
import './risk.css'

/** Lists of the inputs that can be incomplete, and what the page calls them. */
const partText = {
  tasks: 'spreads',
  events: 'events',
  classes: 'classes',
  branches: 'branches',
  weather: 'weather',
  pairs: 'pairs',
} as const
const parts = ['tasks', 'events', 'classes', 'branches', 'weather', 'pairs'] as const

const open = () => new Worker(new URL('./risk.worker.ts', import.meta.url), { type: 'module' })
const same = (one: object, other: object) => JSON.stringify(one) === JSON.stringify(other)

const branchOf = ({ branches }: Risk, id: string) => branches.find(each => each.id === id)

export default function PlanRisk({ record, known: { plan, revision } }: PlanLookProps) {
  const t = useText(text)
  const a = useText(analysisText)
  const say = useSay()
  const changes = useChanges('plan')
  const meta = useMeta()
  const project = useRecord('project', entityOf(meta, 'project') ? String(record.project) : null)
  const kept = useMemo(() => {
    const read = readRisk(record.risk, record.risk_costs)
    return read.ok ? read.risk : usualRisk
  }, [record.risk, record.risk_costs])
  // Null while nothing is changed: then what is kept is shown, also what somebody else saves meanwhile.
  const [draft, setDraft] = useState<typeof kept | null>(null)
  const risk = draft ?? kept
  const dirty = draft !== null && !same(draft, kept)
  const [saving, setSaving] = useState(false)
  const { work, start, cancel } = useBackground<RiskInput, number, RiskResult>(open)
  // The last result stays in sight while another is computed.
  const [last, setLast] = useState<RiskResult | null>(null)
  if (work.at === 'done' && work.result !== last) setLast(work.result)
  const uncertain = useMemo(() => uncertainTasks(plan).length, [plan])
  const checked = useMemo(() => readRisk(riskJson(risk), riskCosts(risk)), [risk])
  const valid = checked.ok
  const inOrder = [...risk.tasks, ...risk.events, ...risk.classes].every(ascends)
  /** `branches[0].ways` in words: the first branch. */
  const placeIn = (where: string) => {
    const [, part = '', at = '0'] = /^(\w+)\[(\d+)\]/.exec(where) ?? []
    const name = parts.find(each => each === part)
    return name === undefined ? where : `${t(partText[name])} ${Number(at) + 1}`
  }
  const run = () => start({ plan, revision, risk })
  // The page answers when it opens; after that only when asked.
  const begun = useRef(false)
  useEffect(() => {
    if (begun.current || uncertain === 0) return
    begun.current = true
    start({ plan, revision, risk: kept })
  }, [uncertain, plan, revision, kept, start])

  if (plan.tasks.length === 0) return <Nothing title={a('noTasks')}>{a('noTasksNext')}</Nothing>
  if (uncertain === 0) return <Nothing title={t('finished')}>{t('finishedNext')}</Nothing>

  const knowsCosts = 'risk_costs' in record
  const may = record._can.includes('update') && record._can.includes('edit')
  const save = async () => {
    setSaving(true)
    try {
      await changes.patch(record.id, record.version, {
        risk: riskJson(risk),
        ...(knowsCosts ? { risk_costs: riskCosts(risk) } : {}),
      })
      setDraft(null)
      say.good(t('saved'))
    } catch (error) {
      say.bad(error)
    } finally {
      setSaving(false)
    }
  }
  /** The branch that an error is about. */
  const undecided = last && !last.ok && 'in' in last.error ? branchOf(last.risk, last.error.in) : undefined
  const failure = (code: string) => (code === 'risk.too_large' ? t('tooLarge') : a('incomputableNext'))
  const stale = last !== null && work.at !== 'running' && (last.revision !== revision || !same(last.risk, risk))
  const contract = typeof project.data?.finish_on === 'string' ? project.data.finish_on : null
  return (
    <div className="yz-analysis">
      {work.at === 'running' && <Running share={work.progress ?? 0} onCancel={cancel} />}
      {work.at === 'idle' && last === null && begun.current && (
        <Alert type="info" showIcon title={a('stopped')} action={<Button onClick={run}>{a('compute')}</Button>} />
      )}
      {work.at === 'broken' && <Alert type="error" showIcon title={a('broken', { message: work.message })} />}
      {stale && valid && <Stale was={last.revision} now={revision} onAgain={run} />}
      {last &&
        (last.ok ? (
          <RiskOutcome id={record.id} plan={plan} findings={last.findings} risk={last.risk} contract={contract} />
        ) : (
          <Alert
            type="error"
            showIcon
            title={t('cannot')}
            description={undecided ? t('branchCannot', { name: undecided.name }) : failure(last.error.code)}
          />
        ))}
      <section className="yz-section yz-stack yz-no-print">
        <div className="yz-analysis-head">
          <h2>{t('inputs')}</h2>
          <div className="yz-flex yz-risk-actions">
            {dirty && (
              <>
                <span className="yz-faint">{t('unsaved')}</span>
                <Button onClick={() => setDraft(null)}>{t('reset')}</Button>
                {may && (
                  <Button disabled={!valid} loading={saving} onClick={() => void save()}>
                    {t('save')}
                  </Button>
                )}
              </>
            )}
            <Button type="primary" disabled={!valid} loading={work.at === 'running'} onClick={run}>
              {a('compute')}
            </Button>
          </div>
        </div>
        <p className="yz-soft">{t(may ? 'inputsNote' : 'readOnly')}</p>
        {!checked.ok && (
          <Alert
            type="error"
            role="alert"
            showIcon
            title={inOrder ? t('incomplete', { where: placeIn(checked.where) }) : t('ascending')}
          />
        )}
        <RiskInputs plan={plan} risk={risk} knowsCosts={knowsCosts} onChange={setDraft} />
      </section>
    </div>
  )
}
