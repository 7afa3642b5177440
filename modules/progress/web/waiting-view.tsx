// What was reported and waits: planned, said and the consequence side by side; taken as said or otherwise, or returned.
import { useQueryClient } from '@tanstack/react-query'
import { f, type RecordJson } from '@yingzao/kernel/entity'
import { keys, useClient } from '@yingzao/platform/client/react'
import { useSay } from '@yingzao/ui/data/say'
import { InputDialog, inputFields } from '@yingzao/ui/record/verb-bar.tsx'
import { Failed, Waiting as Loading } from '@yingzao/ui/shell/notice.tsx'
import { useFormats, useText } from '@yingzao/ui/text/language.tsx'
import { Alert, Button, Checkbox } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { daysBetween } from './day.ts'
import { Shift } from './shift.tsx'
import { text } from './text.ts'
import { type Item, type Review, type SaidValues, useReview, type Waiting } from './use-review.ts'
import { WaitingRow } from './waiting-row.tsx'

const DayPicker = lazy(() => import('@yingzao/ui/field/day-picker.tsx'))

const answerFields = inputFields({
  answer: f.longText({ zh: '退回意见', en: 'What to correct' }, { required: true, max: 2000 }),
})

export function WaitingView({ record }: { record: RecordJson }) {
  const t = useText(text)
  const say = useSay()
  const client = useClient()
  const cache = useQueryClient()
  // Reports left out, and values taken otherwise than said.
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [otherwise, setOtherwise] = useState<ReadonlyMap<string, Partial<SaidValues>>>(new Map())
  const [status, setStatus] = useState('')
  const [reschedule, setReschedule] = useState(false)
  const [returning, setReturning] = useState<Waiting | null>(null)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const [known, setKnown] = useState<readonly string[]>([])
  const isChosen = (id: string) => !left.has(id)
  const items: readonly Item[] | null =
    left.size === 0 && otherwise.size === 0
      ? null
      : known.filter(isChosen).map(report => ({ report, ...otherwise.get(report) }))
  const revision = Number(record.revision ?? 0)
  const choice = { items, status_on: status === '' ? null : status, reschedule }
  const review = useReview(record.id, revision, choice)
  const { data } = review
  const ids = data?.reports.map(each => each.id) ?? []
  if (ids.join() !== known.join()) setKnown(ids)
  if (review.error && !data) return <Failed error={review.error} retry={() => void review.refetch()} />
  if (!data) return <Loading />
  const chosen = data.reports.filter(each => isChosen(each.id))
  const choose = (change: ReadonlySet<string>) => {
    setProblem(null)
    setLeft(change)
  }

  const again = async () => {
    await cache.invalidateQueries({ queryKey: keys.entity('progress_report') })
    await cache.invalidateQueries({ queryKey: keys.entity('progress_week') })
  }
  const take = async () => {
    setBusy(true)
    setProblem(null)
    try {
      await client.perform('progress.confirm', {
        plan: record.id,
        base: data.revision,
        items: chosen.map(each => ({ report: each.id, ...otherwise.get(each.id) })),
        ...(status === '' ? {} : { status_on: status, reschedule }),
      })
      say.good(chosen.length > 0 ? t('taken', { count: chosen.length }) : t('statusMoved'))
      setLeft(new Set())
      setOtherwise(new Map())
      setStatus('')
    } catch (error) {
      setProblem(say.reason(error))
    } finally {
      setBusy(false)
      await again()
    }
  }
  return (
    <div className="yz-stack yz-waiting">
      <Finish review={data} changing={review.isPlaceholderData} />
      {data.may ? (
        <div className="yz-waiting-actions">
          <Button
            type="primary"
            loading={busy}
            disabled={(chosen.length === 0 && status === '') || data.error !== null}
            onClick={() => void take()}
          >
            {t('take', { count: chosen.length })}
          </Button>
          <label className="yz-flex" htmlFor="yz-status-on">
            <span>{t('moveStatus')}</span>
            <span className="yz-status-on">
              <Suspense fallback={null}>
                <DayPicker
                  id="yz-status-on"
                  time={false}
                  value={status}
                  onChange={value => setStatus(typeof value === 'string' ? value : '')}
                />
              </Suspense>
            </span>
          </label>
          {data.mode === 'ms' && status !== '' && (
            <Checkbox checked={reschedule} onChange={event => setReschedule(event.target.checked)}>
              {t('reschedule')}{' '}
              {reschedule && data.finish && (
                <span className="yz-figure">{t('rescheduleCount', { count: data.finish.moved })}</span>
              )}
            </Checkbox>
          )}
        </div>
      ) : (
        <p className="yz-soft">{t('mayNot')}</p>
      )}
      {problem && <Alert type="error" showIcon role="alert" title={problem} />}
      {data.error && <Alert type="error" showIcon title={t('incomputable')} />}
      {data.reports.length === 0 ? (
        <div className="yz-notice">
          <h2>{t('noneWaiting')}</h2>
          <div className="yz-soft">{t('noneWaitingNext')}</div>
        </div>
      ) : (
        <div className="yz-scroll-x">
          <table className="yz-plain-table yz-waiting-table">
            <thead>
              <tr>
                <th scope="col">
                  {data.may && (
                    <Checkbox
                      aria-label={t('selectAll')}
                      checked={chosen.length === data.reports.length}
                      indeterminate={chosen.length > 0 && chosen.length < data.reports.length}
                      onChange={event =>
                        choose(event.target.checked ? new Set() : new Set(data.reports.map(each => each.id)))
                      }
                    >
                      <span className="yz-select-all">{t('selectAll')}</span>
                    </Checkbox>
                  )}
                </th>
                <th scope="col">{t('task')}</th>
                <th scope="col">{t('inPlan')}</th>
                <th scope="col">{t('said')}</th>
                <th scope="col">{t('takeAs')}</th>
                <th scope="col">{t('effect')}</th>
                <td />
              </tr>
            </thead>
            <tbody>
              {data.reports.map(each => (
                <WaitingRow
                  key={each.id}
                  plan={record.id}
                  report={each}
                  may={data.may && each.may}
                  chosen={isChosen(each.id)}
                  changed={otherwise.get(each.id) ?? {}}
                  onChoose={on => {
                    const next = new Set(left)
                    if (on) next.delete(each.id)
                    else next.add(each.id)
                    choose(next)
                  }}
                  onChange={values => {
                    const next = new Map(otherwise)
                    if (Object.keys(values).length > 0) next.set(each.id, values)
                    else next.delete(each.id)
                    setOtherwise(next)
                  }}
                  onReturn={() => setReturning(each)}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {returning && (
        <InputDialog
          title={t('giveBackTitle')}
          note={`${returning.name} · ${t('giveBackNote')}`}
          fields={answerFields}
          danger={false}
          onClose={() => setReturning(null)}
          onSubmit={async values => {
            await client.entity('progress_report').run(returning.id, 'return', values)
            say.good(t('returned'))
            setReturning(null)
            await again()
          }}
        />
      )}
    </div>
  )
}

/** What becomes of the finish, against what was promised. */
function Finish({ review, changing }: { review: Review; changing: boolean }) {
  const t = useText(text)
  const formats = useFormats()
  const { finish, baseline_on, contract_on } = review
  const shift = finish ? daysBetween(finish.before, finish.after) : 0
  const late = (promised: string | null) =>
    finish && promised ? <Shift days={daysBetween(promised, finish.after)} /> : null
  return (
    <dl className="yz-finish" aria-busy={changing}>
      <div>
        <dt>{t('finishNow')}</dt>
        <dd className="yz-figure">{formats.date(finish?.before)}</dd>
      </div>
      <div>
        <dt>{t('chosen')}</dt>
        <dd className="yz-figure">
          <strong>{formats.date(finish?.after)}</strong> {finish && <Shift days={shift} />}
        </dd>
      </div>
      <div>
        <dt>{t('baseline')}</dt>
        <dd className="yz-figure">
          {formats.date(baseline_on)} {late(baseline_on)}
        </dd>
      </div>
      <div>
        <dt>{t('contract')}</dt>
        <dd className="yz-figure">
          {formats.date(contract_on)} {late(contract_on)}
        </dd>
      </div>
    </dl>
  )
}
