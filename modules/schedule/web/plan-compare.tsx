// A plan beside its branches and baselines: figures of each, and where one differs from another, task by task.
import type { RecordJson } from '@yingzao/kernel/entity'
import { useBackground } from '@yingzao/ui/background/background'
import { useText } from '@yingzao/ui/text/language.tsx'
import { Alert, Button, Select } from 'antd'
import { useEffect, useMemo, useState } from 'react'
import { Nothing, PrintButton, Running } from './analysis.tsx'
import { text as analysisText } from './analysis-text.ts'
import { type Compared, type CompareInput, stampOf } from './compare.worker.ts'
import { CompareDifferences } from './compare-differences.tsx'
import { CompareFigures } from './compare-figures.tsx'
import { text } from './compare-text.ts'
import type { PlanLookProps } from './plan-look.ts'
import { BaselineList, BranchList } from './plan-versions.tsx'
import { type Candidate, useCandidates, useSides } from './use-sides.ts'
import './compare.css'

const open = () => new Worker(new URL('./compare.worker.ts', import.meta.url), { type: 'module' })

export default function PlanCompare({ record, known }: PlanLookProps) {
  const t = useText(text)
  const a = useText(analysisText)
  const { candidates, pending } = useCandidates(record)
  const [picked, setPicked] = useState<readonly string[] | null>(null)
  const keys = picked ?? usualSides(record, candidates)
  const chosen = useMemo(
    () => keys.flatMap(key => candidates.find(each => each.key === key) ?? []),
    // The list itself is new with each answer; its keys are what matters.
    [keys.join(), candidates],
  )
  const sides = useSides(record, known, chosen)
  const { work, start, cancel } = useBackground<CompareInput, number, Compared>(open)
  // The last answer stays in sight while another is computed.
  const [last, setLast] = useState<Compared | null>(null)
  if (work.at === 'done' && work.result !== last) setLast(work.result)
  const ready = sides.at === 'ready' ? sides.sides : null
  useEffect(() => {
    if (ready && ready.length > 1) start({ sides: ready, simulated: false })
  }, [ready, start])
  if (known.plan.tasks.length === 0) return <Nothing title={a('noTasks')}>{a('noTasksNext')}</Nothing>

  const nameOf = (key: string) => nameOfSide(key, candidates, t)
  const group = (label: string, kinds: readonly Candidate['kind'][]) => ({
    label,
    options: candidates
      .filter(each => kinds.includes(each.kind))
      .map(each => ({ value: each.key, label: nameOf(each.key) })),
  })
  const current = ready && last && last.stamp === stampOf(ready) ? last : null
  return (
    <div className="yz-analysis yz-compare">
      <section className="yz-section yz-stack">
        <div className="yz-analysis-head">
          <h2>{t('compare')}</h2>
          <div className="yz-flex yz-no-print">
            {current && !current.simulated && (
              <Button
                disabled={work.at === 'running'}
                onClick={() => ready && start({ sides: ready, simulated: true })}
              >
                {t('simulateAll')}
              </Button>
            )}
            <PrintButton />
          </div>
        </div>
        <Select
          mode="multiple"
          className="yz-no-print yz-compare-pick"
          aria-label={t('chooseSides')}
          placeholder={t('chooseSides')}
          value={[...keys]}
          options={[group(t('plansGroup'), ['plan', 'branch']), group(t('baselines'), ['baseline'])]}
          optionFilterProp="label"
          onChange={(next: string[]) => setPicked(next)}
        />
        {work.at === 'running' && last?.simulated === false && <Running share={work.progress} onCancel={cancel} />}
        {work.at === 'broken' && <Alert type="error" showIcon title={a('broken', { message: work.message })} />}
        {sides.at === 'failed' && (
          <Alert
            type="error"
            showIcon
            title={t('cannotLoad')}
            action={<Button onClick={sides.retry}>{a('again')}</Button>}
          />
        )}
        {!pending && keys.length < 2 && <p className="yz-soft">{t('needTwo')}</p>}
        {current && ready && keys.length > 1 && <CompareFigures compared={current} sides={ready} nameOf={nameOf} />}
        {!current && keys.length > 1 && sides.at !== 'failed' && (
          <p className="yz-soft" role="status">
            {a('computing')}
          </p>
        )}
      </section>
      {current && ready && keys.length > 1 && (
        <CompareDifferences key={current.stamp} id={record.id} compared={current} sides={ready} nameOf={nameOf} />
      )}
      <BranchList record={record} />
      <BaselineList record={record} />
    </div>
  )
}

/** A branch against its original; a plan against its branches, or its latest baseline. */
function usualSides(record: RecordJson, candidates: readonly Candidate[]): readonly string[] {
  const own = `plan:${record.id}`
  if (typeof record.branch_of === 'string') return [`plan:${record.branch_of}`, own]
  const branches = candidates.filter(each => each.kind === 'branch').slice(-2)
  const baseline = candidates.find(each => each.kind === 'baseline' && each.plan === record.id)
  if (branches.length > 0) return [own, ...branches.map(each => each.key)]
  return baseline ? [baseline.key, own] : [own]
}

/** Two baselines of different plans may have one name: the plan stands behind it. */
function nameOfSide(
  key: string,
  candidates: readonly Candidate[],
  t: (word: 'now', values: { name: string }) => string,
): string {
  const found = candidates.find(each => each.key === key)
  if (!found) return ''
  if (found.kind === 'plan') return t('now', { name: found.name })
  if (found.kind === 'branch') return found.name
  const namesake = candidates.some(each => each !== found && each.kind === 'baseline' && each.name === found.name)
  const owner = candidates.find(each => each.key === `plan:${found.plan}`)?.name ?? ''
  return namesake ? `${found.name} · ${owner}` : found.name
}
