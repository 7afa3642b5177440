// The weekly plan: what was promised of a week, what became of it, and how often promises are kept.
import { LeftOutlined, RightOutlined } from '@ant-design/icons'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { f, type RecordJson } from '@yingzao/kernel/entity'
import type { Failure } from '@yingzao/platform/client'
import { keys, useClient, useList } from '@yingzao/platform/client/react'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { useSay } from '@yingzao/ui/data/say'
import { today } from '@yingzao/ui/form/moment'
import { InputDialog, inputFields } from '@yingzao/ui/record/verb-bar.tsx'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { useFormats, useLabel, useText } from '@yingzao/ui/text/language.tsx'
import { Button } from 'antd'
import { useState } from 'react'
import { reasons } from '../progress-report.entity.ts'
import { mondayFor, plusDays } from './day.ts'
import { Kept } from './kept.tsx'
import { text } from './text.ts'

const missFields = inputFields({
  reason: f.choice({ zh: '原因', en: 'Reason' }, reasons, { required: true }),
  remark: f.text({ zh: '说明', en: 'Remark' }, { max: 500 }),
})
type Commitments = ReturnType<typeof useList<'week_commitment'>>
type Commitment = Commitments['items'][number]

export default function WeekView({ record }: { record: RecordJson }) {
  const t = useText(text)
  const say = useSay()
  const client = useClient()
  const cache = useQueryClient()
  const meta = useMeta()
  const now = mondayFor(today())
  const [week, setWeek] = useState(now)
  const [missing, setMissing] = useState<Commitment | null>(null)
  const [busy, setBusy] = useState<string | null>(null)
  const may = entityOf(meta, 'week_commitment')?.can.includes('create') ?? false
  const list = useList('week_commitment', {
    filter: { plan: { eq: record.id }, week_on: { eq: week } },
    sort: ['created_at'],
    limit: 500,
  })
  const ahead = useQuery<{ readonly tasks: readonly object[] }, Failure>({
    queryKey: [
      ...keys.entity('week_commitment'),
      'ahead',
      record.id,
      week,
      Number(record.revision ?? 0),
      list.items.length,
    ],
    enabled: may && !list.isPending,
    queryFn: () => client.perform('progress.look_ahead', { plan: record.id, week_on: week }),
  })
  const again = () => cache.invalidateQueries({ queryKey: keys.entity('week_commitment') })
  const act = async (what: string, work: () => Promise<unknown>) => {
    setBusy(what)
    try {
      await work()
    } catch (error) {
      say.bad(error)
    } finally {
      setBusy(null)
      await again()
    }
  }
  const make = () =>
    act('make', async () => {
      const { promised } = await client.perform<{ promised: number }>('progress.commit_week', {
        plan: record.id,
        week_on: week,
      })
      say.good(t('madeWeek', { count: promised }))
    })
  const close = () =>
    act('close', async () => {
      const answer = await client.perform<{ kept: number; left: number }>('progress.close_week', {
        plan: record.id,
        week_on: week,
      })
      say.good(t('closedWeek', answer))
    })
  const run = (each: Commitment, verb: string) =>
    act(each.id, () => client.entity('week_commitment').run(each.id, verb))
  const count = ahead.data?.tasks.length ?? 0
  const open = list.items.filter(each => each.stage === 'promised').length
  return (
    <div className="yz-stack yz-waiting">
      <div className="yz-week-head">
        <div className="yz-flex">
          <Button
            icon={<LeftOutlined aria-hidden="true" />}
            aria-label={t('before')}
            onClick={() => setWeek(plusDays(week, -7))}
          />
          <strong className="yz-figure yz-week-name">{t('weekOf', { day: week })}</strong>
          <Button
            icon={<RightOutlined aria-hidden="true" />}
            aria-label={t('after')}
            onClick={() => setWeek(plusDays(week, 7))}
          />
          {week !== now && <Button onClick={() => setWeek(now)}>{t('thisWeek')}</Button>}
        </div>
        {may && (
          <div className="yz-flex yz-no-print">
            {count > 0 && (
              <Button
                type={list.items.length === 0 ? 'primary' : 'default'}
                loading={busy === 'make'}
                onClick={() => void make()}
              >
                {t('makeWeek', { count })}
              </Button>
            )}
            {open > 0 && (
              <Button loading={busy === 'close'} onClick={() => void close()}>
                {t('closeWeek')}
              </Button>
            )}
          </div>
        )}
      </div>
      {list.error && list.items.length === 0 ? (
        <Failed error={list.error} retry={list.refetch} />
      ) : list.isPending ? (
        <Waiting />
      ) : list.items.length === 0 ? (
        <div className="yz-notice">
          <h2>{t('noCommitment')}</h2>
          <div className="yz-soft">
            {may && !ahead.isPending && count === 0 ? t('nothingAhead') : may ? t('noCommitmentNext') : ''}
          </div>
        </div>
      ) : (
        <WeekTable list={list} plan={record.id} busy={busy} onRun={run} onMiss={setMissing} />
      )}
      <Kept plan={record.id} />
      {missing && (
        <InputDialog
          title={t('missTitle')}
          note={list.refs.task?.[missing.task] ?? null}
          fields={missFields}
          danger={false}
          onClose={() => setMissing(null)}
          onSubmit={async values => {
            await client.entity('week_commitment').run(missing.id, 'miss', values)
            setMissing(null)
            await again()
          }}
        />
      )}
    </div>
  )
}

interface TableProps {
  readonly list: Commitments
  readonly plan: string
  readonly busy: string | null
  readonly onRun: (each: Commitment, verb: string) => void
  readonly onMiss: (each: Commitment) => void
}

function WeekTable({ list, plan, busy, onRun, onMiss }: TableProps) {
  const t = useText(text)
  const label = useLabel()
  const formats = useFormats()
  const ids = list.items.map(each => each.task)
  const tasks = useList('task', {
    filter: { id: { in: ids.slice(0, 500) }, plan: { eq: plan } },
    fields: ['name', 'percent_complete', 'start_on', 'finish_on'],
    limit: 500,
  })
  const byId = new Map(tasks.items.map(each => [String(each.id), each]))
  const percent = (share: string | null) => (share === null ? '—' : `${Math.round(Number(share) * 100)}%`)
  return (
    <div className="yz-scroll-x">
      <table className="yz-plain-table yz-cards-table">
        <thead>
          <tr>
            <th scope="col">{t('task')}</th>
            <th scope="col">{t('who')}</th>
            <th scope="col" className="yz-right">
              {t('promised')}
            </th>
            <th scope="col" className="yz-right">
              {t('reachedNow')}
            </th>
            <th scope="col">{t('state')}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {list.items.map(each => {
            const task = byId.get(each.task)
            const can = (verb: string) => each._can.includes(verb)
            const now = each.reached_pct ?? String(Number(task?.percent_complete ?? 0) / 100)
            return (
              <tr key={each.id}>
                <td>
                  <span>
                    {list.refs.task?.[each.task] ?? task?.name}
                    <span className="yz-faint yz-small yz-block yz-figure">
                      {task && t('dates', { start: formats.date(task.start_on), finish: formats.date(task.finish_on) })}
                      {each.promise && ` · ${each.promise}`}
                    </span>
                  </span>
                </td>
                <td data-label={t('who')}>{each.who === null ? t('nobody') : (list.refs.user?.[each.who] ?? '—')}</td>
                <td data-label={t('promised')} className="yz-figure yz-right">
                  {percent(each.promised_pct)}
                </td>
                <td data-label={t('reachedNow')} className="yz-figure yz-right">
                  {percent(now)}
                </td>
                <td {...(each.stage === 'promised' ? {} : { 'data-label': t('state') })}>
                  <div>
                    {each.stage === 'kept' && <span className="yz-tag yz-tag-good">{t('kept_')}</span>}
                    {each.stage === 'missed' && <span className="yz-tag yz-tag-bad">{t('missed')}</span>}
                    {each.reason && <span> {label(reasons[each.reason])}</span>}
                    {each.remark && <span className="yz-soft yz-block">{each.remark}</span>}
                  </div>
                </td>
                <td className="yz-no-print">
                  <span className="yz-row-actions">
                    {can('close') && (
                      <Button size="small" loading={busy === each.id} onClick={() => onRun(each, 'close')}>
                        {t('kept_')}
                      </Button>
                    )}
                    {can('miss') && (
                      <Button size="small" disabled={busy === each.id} onClick={() => onMiss(each)}>
                        {t('missed')}
                      </Button>
                    )}
                    {can('reopen') && (
                      <Button size="small" type="text" onClick={() => onRun(each, 'reopen')}>
                        {t('reopen')}
                      </Button>
                    )}
                  </span>
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
