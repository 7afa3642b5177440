// One warning: what is hit and when, who must act, the chain that leads to it, what follows, and what would take it up.
import type { RecordJson } from '@yingzao/kernel/entity'
import { useRead } from '@yingzao/platform/client/react'
import { useRecordRefs } from '@yingzao/ui/data/titles'
import type { RecordPageProps } from '@yingzao/ui/pages'
import '@yingzao/ui/form/form.css'
import '@yingzao/ui/record/record.css'
import { OpenRecord } from '@yingzao/ui/record/open-record.tsx'
import { SidePanel } from '@yingzao/ui/record/side-panel.tsx'
import { VerbBar } from '@yingzao/ui/record/verb-bar.tsx'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { PageHeader } from '@yingzao/ui/shell/page-header.tsx'
import { useFormats, useLabel, useText } from '@yingzao/ui/text/language.tsx'
import type { Opened } from '../detail.ts'
import { warning } from '../warning.entity.ts'
import { Chain } from './chain.tsx'
import { Consequence, Ways } from './outcome.tsx'
import { text } from './text.ts'
import './warning.css'

export default function WarningPage({ entity, id }: RecordPageProps) {
  return (
    <OpenRecord entity={entity} id={id}>
      {record => <Shown entity={entity} record={record} />}
    </OpenRecord>
  )
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null)

function Shown({ entity, record }: Pick<RecordPageProps, 'entity'> & { record: RecordJson }) {
  const t = useText(text)
  const label = useLabel()
  const formats = useFormats()
  const refs = useRecordRefs(entity, record)
  const opened = useRead<Opened>('warning', record.id, 'open')
  const nameOf = (kind: string, id: unknown) => (typeof id === 'string' ? refs[kind]?.[id] : undefined)
  const days = Number(record.days ?? 0)
  const task = nameOf('task', record.hit_task)
  const { handling, level } = warning.def.fields
  const standing = Object.entries(handling.options).find(([name]) => name === record.handling)?.[1]
  const raisedTo = Object.entries(level.options).find(([name]) => name === record.level)?.[1]
  const told = Array.isArray(record.escalated_to) ? record.escalated_to.flatMap(user => nameOf('user', user) ?? []) : []
  const facts = [
    [t('was'), formats.date(textOf(record.needed_on))],
    [t('will'), formats.date(textOf(record.expected_on))],
    [t('mustAct'), nameOf('user', record.responsible) ?? t('nobody')],
    ...(record.assignee ? [[t('assignee'), nameOf('user', record.assignee) ?? '']] : []),
    ...(record.due_on ? [[t('due'), formats.date(textOf(record.due_on))]] : []),
    [t('raised'), formats.date(textOf(record.raised_on))],
    ...(record.level !== 'none' && raisedTo ? [[t('level'), label(raisedTo)]] : []),
    ...(told.length > 0 ? [[t('told'), told.join(' · ')]] : []),
  ]
  const detail = opened.data?.detail
  return (
    <div className="yz-record">
      <PageHeader
        title={task ?? t('otherTask')}
        under={entity}
        badges={
          <>
            <span className={`yz-tag yz-figure yz-tag-${days > 0 ? 'bad' : 'warn'}`}>
              {days > 0 ? t('hits', { days }) : t('near', { days: Number(record.room ?? 0) })}
            </span>
            {standing && <span className={`yz-tag yz-tag-${standing.tone}`}>{label(standing)}</span>}
            <span className="yz-faint yz-figure yz-wide-only">{textOf(record.code)}</span>
          </>
        }
        actions={<VerbBar entity={entity} record={record} />}
      />
      <div className="yz-record-body">
        <div className="yz-record-main yz-sections">
          {record.handling === 'closed' && (
            <p className="yz-soft">{t('gone', { date: formats.date(textOf(record.closed_on)) })}</p>
          )}
          <section className="yz-section">
            <h2>{t('facts')}</h2>
            <dl className="yz-values">
              {facts.map(([name, value]) => (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd className="yz-figure">{value}</dd>
                </div>
              ))}
              {textOf(record.note) && (
                <div className="yz-wide">
                  <dt>{t('note')}</dt>
                  <dd className="yz-warning-note">{textOf(record.note)}</dd>
                </div>
              )}
            </dl>
          </section>
          {opened.error && <Failed error={opened.error} retry={() => void opened.refetch()} />}
          {opened.isPending && <Waiting />}
          {detail && opened.data && (
            <>
              <Chain detail={detail} people={opened.data.people} plans={opened.data.plans} />
              <Consequence detail={detail} />
              <Ways detail={detail} />
            </>
          )}
        </div>
        <SidePanel entity={entity} record={record} history />
      </div>
    </div>
  )
}
