// Finishing earlier and what it costs: inputs, the curve, the cheapest and the shortest finish, and what a chosen one shortens.
import { compute } from '@yingzao/engines/schedule'
import { parseDay } from '@yingzao/engines/schedule/civil'
import { useRecord } from '@yingzao/platform/client/react'
import { useBackground } from '@yingzao/ui/background/background'
import { useChanges } from '@yingzao/ui/data/changes'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { useSay } from '@yingzao/ui/data/say'
import { useText } from '@yingzao/ui/text/language.tsx'
import { Alert, Button } from 'antd'
import { type ReactNode, useCallback, useEffect, useMemo, useState } from 'react'
import {
  alternativesOf,
  type CrashInputs,
  crashableTasks,
  crashJson,
  noCrash,
  readCrash,
  shortenings,
} from '../crash.ts'
import { Nothing, PrintButton, Running } from './analysis.tsx'
import { text as analysisText } from './analysis-text.ts'
import type { CrashInput, CrashResult } from './crash.worker.ts'
import { CrashAlternatives } from './crash-alternatives.tsx'
import { CrashChart } from './crash-chart.tsx'
import { CrashChosen } from './crash-choice.tsx'
import { CrashHeadline, CrashProof } from './crash-headline.tsx'
import { CrashTable, CrashTerms } from './crash-inputs.tsx'
import { text } from './crash-text.ts'
import type { PlanLookProps } from './plan-look.ts'
import './crash.css'

const open = () => new Worker(new URL('./crash.worker.ts', import.meta.url), { type: 'module' })
const same = (one: object, other: object) => JSON.stringify(one) === JSON.stringify(other)

export default function PlanCrashPage(props: PlanLookProps) {
  const t = useText(text)
  const a = useText(analysisText)
  const { plan } = props.known
  if (!('cost_amount' in props.record)) return <Nothing title={t('hidden')}>{t('hiddenNext')}</Nothing>
  if (plan.tasks.length === 0) return <Nothing title={a('noTasks')}>{a('noTasksNext')}</Nothing>
  if (crashableTasks(plan).length === 0) return <Nothing title={t('finished')}>{t('finishedNext')}</Nothing>
  return <Shown {...props} />
}

function Shown({ record, known: { plan, revision }, link, mayEdit }: PlanLookProps) {
  const t = useText(text)
  const a = useText(analysisText)
  const meta = useMeta()
  const project = useRecord('project', entityOf(meta, 'project') ? String(record.project) : null)
  const contract = typeof project.data?.finish_on === 'string' ? project.data.finish_on : null
  const day = contract === null ? null : (parseDay(contract) ?? null)
  const kept = useMemo(() => {
    const read = readCrash(record.crash)
    return read.ok ? read.crash : noCrash
  }, [record.crash])
  // Null while nothing is changed: then what is kept is shown, also what somebody else saves meanwhile.
  const [draft, setDraft] = useState<CrashInputs | null>(null)
  const inputs = draft ?? kept
  const { work, start, cancel, finish } = useBackground<CrashInput, CrashResult, CrashResult>(open)
  // The last curve stays in sight while another is computed.
  const [last, setLast] = useState<CrashResult | null>(null)
  const latest = work.at === 'done' ? work.result : work.at === 'running' ? work.progress : null
  if (latest !== null && latest !== last) setLast(latest)
  const ready = useMemo(
    () => shortenings(plan, inputs).length + alternativesOf(plan, inputs).length > 0,
    [plan, inputs],
  )
  const run = useCallback(() => start({ plan, revision, inputs, contract: day }), [plan, revision, inputs, day, start])
  useEffect(() => {
    if (ready) run()
  }, [ready, run])
  const [length, setLength] = useState<number | null>(null)
  const schedule = useMemo(() => {
    const outcome = compute(plan)
    return outcome.ok ? outcome.schedule : null
  }, [plan])

  const shown = ready && last?.ok ? last : null
  const crash = shown?.crash ?? null
  // The chosen point is a finish: after other inputs the nearest one.
  const chosen =
    crash === null
      ? 0
      : length === null
        ? crash.best
        : crash.choices.reduce(
            (near, { length: each }, at) =>
              Math.abs(each - length) < Math.abs((crash.choices[near]?.length ?? 0) - length) ? at : near,
            0,
          )
  const choose = (at: number) => setLength(at === crash?.best ? null : (crash?.choices[at]?.length ?? null))
  return (
    <div className="yz-analysis">
      {work.at === 'running' && ready && last === null && <Running share={null} onCancel={cancel} />}
      {work.at === 'broken' && <Alert type="error" showIcon title={a('broken', { message: work.message })} />}
      {ready && last && !last.ok && (
        <Alert
          type="error"
          showIcon
          title={t('cannot')}
          description={last.error.code === 'time_cost.from_finish' ? t('fromFinish') : a('incomputableNext')}
        />
      )}
      {!ready && <Alert type="info" showIcon title={t('nothingTyped')} description={t('nothingTypedNext')} />}
      {crash && shown && (
        <>
          <section className="yz-section yz-stack">
            <div className="yz-analysis-head">
              <h2>{t('curve')}</h2>
              <PrintButton />
            </div>
            <CrashHeadline crash={crash} />
            <CrashProof result={shown} onEnough={finish} onAgain={run} />
            <CrashChart
              {...{ chosen, choose, contract: day, stepped: crash.choosing > 0 }}
              choices={crash.choices}
              best={crash.best}
            />
          </section>
          <CrashChosen
            {...{ record, link, mayEdit, crash, chosen, choose, contract }}
            plan={shown.revision === revision ? plan : shown.plan}
            inputs={shown.inputs}
            stale={shown.revision !== revision || (work.at === 'running' && work.progress === null)}
          />
        </>
      )}
      <Inputs
        {...{ record, kept, draft, setDraft, contract }}
        leftOut={crash?.leftOut.length ?? 0}
        table={<CrashTable plan={plan} schedule={schedule} inputs={inputs} onChange={setDraft} />}
        alternatives={<CrashAlternatives plan={plan} inputs={inputs} onChange={setDraft} />}
      />
    </div>
  )
}

interface InputsProps {
  readonly record: PlanLookProps['record']
  readonly kept: CrashInputs
  readonly draft: CrashInputs | null
  readonly setDraft: (draft: CrashInputs | null) => void
  readonly contract: string | null
  readonly leftOut: number
  readonly table: ReactNode
  readonly alternatives: ReactNode
}

function Inputs({ record, kept, draft, setDraft, contract, leftOut, table, alternatives }: InputsProps) {
  const t = useText(text)
  const say = useSay()
  const changes = useChanges('plan')
  const [saving, setSaving] = useState(false)
  const inputs = draft ?? kept
  const dirty = draft !== null && !same(draft, kept)
  const may = record._can.includes('update')
  const save = async () => {
    setSaving(true)
    try {
      await changes.patch(record.id, record.version, { crash: crashJson(inputs) })
      setDraft(null)
      say.good(t('saved'))
    } catch (error) {
      say.bad(error)
    } finally {
      setSaving(false)
    }
  }
  return (
    <section className="yz-section yz-stack yz-no-print">
      <div className="yz-analysis-head">
        <h2>{t('inputs')}</h2>
        {dirty && (
          <div className="yz-flex yz-crash-actions">
            <span className="yz-faint">{t('unsaved')}</span>
            <Button onClick={() => setDraft(null)}>{t('reset')}</Button>
            {may && (
              <Button type="primary" loading={saving} onClick={() => void save()}>
                {t('save')}
              </Button>
            )}
          </div>
        )}
      </div>
      <p className="yz-soft">{t(may ? 'inputsNote' : 'inputsReadOnly')}</p>
      <CrashTerms inputs={inputs} contract={contract} onChange={setDraft} />
      <h3>{t('tasks')}</h3>
      {leftOut > 0 && <p className="yz-soft">{t('leftOut', { count: leftOut })}</p>}
      {table}
      <h3>{t('alternatives')}</h3>
      <p className="yz-soft">{t('alternativesNote')}</p>
      {alternatives}
    </section>
  )
}
