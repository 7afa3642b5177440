// One warning in a line: how many days, which task, because of what, who must act. For the home page and a project's tab.
import type { useList } from '@yingzao/platform/client/react'
import { RecordLink } from '@yingzao/ui/data/link.tsx'
import { useFormats, useLabel, useText } from '@yingzao/ui/text/language.tsx'
import { warning } from '../warning.entity.ts'
import { text } from './text.ts'
import './warning.css'

type Warnings = ReturnType<typeof useList<'warning'>>

export const lineFields = [
  'handling',
  'hit_task',
  'cause_task',
  'days',
  'room',
  'needed_on',
  'expected_on',
  'responsible',
  'assignee',
  'due_on',
  'project',
  'cause_project',
  'level',
] as const

export const openHandlings = ['raised', 'acknowledged', 'assigned'] as const

export function WarningLines({ list, me }: { list: Warnings; me: string | null }) {
  return (
    <ul className="yz-warnings">
      {list.items.map(item => (
        <WarningLine key={item.id} item={item} refs={list.refs} me={me} />
      ))}
    </ul>
  )
}

interface LineProps {
  readonly item: Warnings['items'][number]
  readonly refs: Warnings['refs']
  readonly me: string | null
}

function WarningLine({ item, refs, me }: LineProps) {
  const t = useText(text)
  const label = useLabel()
  const formats = useFormats()
  const title = (entity: string, id: string | null) => (id === null ? undefined : refs[entity]?.[id])
  const days = Number(item.days ?? 0)
  const handling = warning.def.fields.handling.options[item.handling]
  const cause = title('task', item.cause_task)
  const isMine = me !== null && (item.responsible === me || item.assignee === me)
  return (
    <li>
      <span className={`yz-tag yz-figure yz-tag-${days > 0 ? 'bad' : 'warn'}`}>
        {days > 0 ? t('hits', { days }) : t('near', { days: Number(item.room ?? 0) })}
      </span>
      <div className="yz-grow">
        <div className="yz-warning-what">
          <RecordLink entity={{ module: 'warning', name: 'warning' }} id={item.id}>
            {title('task', item.hit_task) ?? t('otherTask')}
          </RecordLink>
          <span className="yz-faint yz-clip">{title('project', item.project)}</span>
        </div>
        <div className="yz-soft yz-warning-why">
          {t('becauseOf')} {cause ?? t('otherTask')}
          {title('project', item.cause_project) && <> · {title('project', item.cause_project)}</>}
          {title('user', item.responsible) && <> · {title('user', item.responsible)}</>}
        </div>
      </div>
      <span className="yz-figure yz-soft yz-warning-dates">
        {t('from', { was: formats.date(item.needed_on), will: formats.date(item.expected_on) })}
      </span>
      <span className="yz-warning-tags">
        {isMine && <span className="yz-tag yz-tag-info">{t('forYou')}</span>}
        <span className={`yz-tag yz-tag-${handling.tone}`}>{label(handling)}</span>
      </span>
    </li>
  )
}
