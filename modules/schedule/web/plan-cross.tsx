// Links between this plan and others: what it waits for and whether that comes in time, what others wait for from it.
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { formatMinute } from '@yingzao/engines/schedule/civil'
import { newId } from '@yingzao/platform/client'
import { useList, useRead } from '@yingzao/platform/client/react'
import { useChanges } from '@yingzao/ui/data/changes'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { useSay } from '@yingzao/ui/data/say'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { useFormats, useLanguage, useText } from '@yingzao/ui/text/language.tsx'
import { App, Button } from 'antd'
import { useEffect, useState } from 'react'
import { taskNames } from './analysis.tsx'
import { CrossForm } from './cross-form.tsx'
import { text } from './cross-text.ts'
import { summaryOf } from './edit-summary.ts'
import type { PlanLookProps } from './plan-look.ts'
import { TaskLink } from './public.tsx'
import './cross.css'

/** One link as `plan.cross_links` tells it: of a plan the reader may not see only the date. */
export interface SeenLink {
  readonly id: string
  readonly version: number
  readonly way: 'in' | 'out'
  readonly type: 'FS' | 'SS' | 'FF' | 'SF'
  readonly lag_days: number
  readonly note: string | null
  readonly task: string
  readonly other: {
    readonly broken: boolean
    readonly plan?: string
    readonly plan_name?: string
    readonly task?: string
    readonly name?: string
  }
  readonly given?: number
  readonly asks?: number
  readonly late_days?: number
  readonly begun?: boolean
}

export default function PlanCross(props: PlanLookProps) {
  const { record, mayEdit } = props
  const t = useText(text)
  const meta = useMeta()
  const [adding, setAdding] = useState(false)
  const read = useRead<{ links: readonly SeenLink[] }>('plan', record.id, 'cross_links')
  // Links are records of their own: one made or removed by somebody else is heard of through them.
  const rows = useList('cross_link', {
    where: `plan = "${record.id}" or from_plan = "${record.id}"`,
    fields: ['type', 'lag_days'],
    limit: 500,
  })
  const heard = rows.items.map(each => `${each.id} ${each.version}`).join()
  const { refetch } = read
  useEffect(() => {
    if (heard !== '') void refetch()
  }, [heard, refetch])
  const mayAdd = mayEdit && (entityOf(meta, 'cross_link')?.can.includes('create') ?? false)
  if (read.error && !read.data) return <Failed error={read.error} retry={() => void read.refetch()} />
  if (!read.data) return <Waiting />
  const { links } = read.data
  const again = () => void read.refetch()
  return (
    <div className="yz-analysis yz-cross">
      {links.length === 0 && !adding && (
        <p>
          <strong>{t('none')}</strong> <span className="yz-soft">{t('noneNext')}</span>
        </p>
      )}
      {mayAdd && !adding && (
        <div>
          <Button icon={<PlusOutlined aria-hidden="true" />} onClick={() => setAdding(true)}>
            {t('add')}
          </Button>
        </div>
      )}
      {adding && (
        <CrossForm
          plan={record.id}
          tasks={props.known.plan.tasks}
          onDone={() => {
            setAdding(false)
            again()
          }}
          onCancel={() => setAdding(false)}
        />
      )}
      {links.length > 0 &&
        (['in', 'out'] as const).map(way => (
          <section key={way} className="yz-section">
            <h2>{t(way === 'in' ? 'waits' : 'gives')}</h2>
            <Links {...props} links={links.filter(each => each.way === way)} way={way} again={again} />
          </section>
        ))}
    </div>
  )
}

interface LinksProps extends PlanLookProps {
  readonly links: readonly SeenLink[]
  readonly way: 'in' | 'out'
  readonly again: () => void
}

const day = (minute: number) => formatMinute(minute).slice(0, 10)

function Links({ links, way, record, known, link: plan, mayEdit, again }: LinksProps) {
  const t = useText(text)
  const { lang } = useLanguage()
  const formats = useFormats()
  const say = useSay()
  const changes = useChanges('cross_link')
  const { modal } = App.useApp()
  const names = taskNames(known.plan)
  if (links.length === 0) return <p className="yz-soft">{t(way === 'in' ? 'noWaits' : 'noGives')}</p>

  const accept = async (each: SeenLink) => {
    if (each.asks === undefined) return
    const starts = each.type === 'FS' || each.type === 'SS'
    const constraint = { type: starts ? 'start_no_earlier_than' : 'finish_no_earlier_than', at: each.asks } as const
    const edits = [{ kind: 'task.set', id: each.task, patch: { constraint } }] as const
    try {
      const answer = await plan.send({ id: newId(), edits }, summaryOf(known.plan, edits, lang))
      if (answer.ok) say.good(t('accepted', { date: formats.date(day(each.asks)) }))
      else say.bad(new Error(answer.message))
      again()
    } catch (error) {
      say.bad(error)
    }
  }
  const remove = (each: SeenLink) =>
    void modal.confirm({
      title: t('removeTitle'),
      content: t('removeDetail'),
      okText: t('remove'),
      okButtonProps: { danger: true },
      cancelText: t('cancel'),
      onOk: () =>
        changes.remove(each.id, each.version).then(() => {
          say.good(t('removed'))
          again()
        }, say.bad),
    })
  return (
    <ul className="yz-cross-links">
      {links.map(each => {
        const { other } = each
        const late = each.late_days ?? 0
        const isTold = each.late_days !== undefined
        const there =
          other.plan !== undefined && other.task !== undefined ? (
            <>
              <TaskLink plan={other.plan} task={other.task}>
                {other.name ?? ''}
              </TaskLink>{' '}
              <span className="yz-faint">{other.plan_name}</span>
            </>
          ) : (
            <span className={other.broken ? 'yz-bad' : 'yz-soft'}>{t(other.broken ? 'broken' : 'unseen')}</span>
          )
        const here = (
          <TaskLink plan={record.id} task={each.task}>
            {names.get(each.task)?.name ?? '—'}
          </TaskLink>
        )
        return (
          <li key={each.id}>
            <div className="yz-grow">
              <div className="yz-cross-ends">
                <span>{way === 'in' ? there : here}</span>
                <span className="yz-faint yz-figure">
                  → {each.type}
                  {each.lag_days === 0 ? '' : each.lag_days > 0 ? ` +${each.lag_days}` : ` ${each.lag_days}`} →
                </span>
                <span>{way === 'in' ? here : there}</span>
              </div>
              <div className="yz-soft yz-figure yz-small">
                {each.note}
                {each.note && each.given !== undefined ? ' · ' : ''}
                {each.given !== undefined && t('given', { date: formats.date(day(each.given)) })}
                {each.asks !== undefined && <> · {t('asks', { date: formats.date(day(each.asks)) })}</>}
              </div>
            </div>
            {isTold && (
              <span className={`yz-tag yz-figure yz-tag-${late > 0 ? 'bad' : 'good'}`}>
                {late > 0 ? t('late', { days: late }) : t('inTime')}
              </span>
            )}
            {mayEdit && way === 'in' && (
              <span className="yz-flex">
                {late > 0 && !each.begun && (
                  <Button size="small" title={t('acceptNote')} onClick={() => void accept(each)}>
                    {t('accept')}
                  </Button>
                )}
                <Button
                  size="small"
                  icon={<DeleteOutlined aria-hidden="true" />}
                  aria-label={t('remove')}
                  title={t('remove')}
                  onClick={() => remove(each)}
                />
              </span>
            )}
          </li>
        )
      })}
    </ul>
  )
}
