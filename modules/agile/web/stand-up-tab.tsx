// 站会: what each said day by day; one's own note of today is written here.
import type { EntityMeta, RecordJson } from '@yingzao/kernel/entity'
import { useList } from '@yingzao/platform/client/react'
import { useChanges } from '@yingzao/ui/data/changes'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { useSay } from '@yingzao/ui/data/say'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { useFormats, useText } from '@yingzao/ui/text/language.tsx'
import { localDay } from '@yingzao/ui/view/weeks'
import { Button, Input } from 'antd'
import { useId, useState } from 'react'
import './agile.css'
import { text } from './text.ts'

const parts = ['done_text', 'next_text', 'blocked_text'] as const
type Part = (typeof parts)[number]
const empty: Readonly<Record<Part, string>> = { done_text: '', next_text: '', blocked_text: '' }

export default function StandUpTab({ record }: { entity: EntityMeta; record: RecordJson }) {
  const t = useText(text)
  const formats = useFormats()
  const meta = useMeta()
  const today = localDay(new Date())
  const notes = useList('stand_up', { filter: { sprint: { eq: record.id } }, sort: ['-held_on'], limit: 200 })
  const entity = entityOf(meta, 'stand_up')
  if (notes.error && notes.items.length === 0) return <Failed error={notes.error} retry={notes.refetch} />
  if (notes.isPending || !entity) return <Waiting />
  const days = [...new Set(notes.items.map(each => each.held_on))]
  const mine = notes.items.find(each => each.user === meta.me.id && each.held_on === today)
  return (
    <div className="yz-agile-report yz-agile-tab">
      {entity.can.includes('create') && record.stage !== 'closed' && (
        <OwnNote key={mine?.id ?? ''} sprint={record.id} today={today} known={mine} />
      )}
      {days.length === 0 && (
        <div className="yz-notice">
          <h2>{t('noNotes')}</h2>
          <p className="yz-soft">{t('noNotesNext')}</p>
        </div>
      )}
      {days.map(day => (
        <section key={day} className="yz-section">
          <h2 className="yz-figure">{formats.date(day)}</h2>
          <ul className="yz-notes">
            {notes.items
              .filter(each => each.held_on === day)
              .map(each => (
                <li key={each.id}>
                  <strong>{notes.refs.user?.[each.user] ?? '—'}</strong>
                  <dl>
                    {parts.map(part =>
                      each[part] ? (
                        <div key={part} className={part === 'blocked_text' ? 'yz-bad' : undefined}>
                          <dt>{t(part)}</dt>
                          <dd>{each[part]}</dd>
                        </div>
                      ) : null,
                    )}
                  </dl>
                </li>
              ))}
          </ul>
        </section>
      ))}
      {notes.hasMore && (
        <Button onClick={notes.loadMore} loading={notes.isLoadingMore}>
          {t('more')}
        </Button>
      )}
    </div>
  )
}

interface OwnProps {
  readonly sprint: string
  readonly today: string
  readonly known:
    | ({ readonly id: string; readonly version: number } & Readonly<Record<Part, string | null>>)
    | undefined
}

function OwnNote({ sprint, today, known }: OwnProps) {
  const t = useText(text)
  const say = useSay()
  const meta = useMeta()
  const prefix = useId()
  const changes = useChanges('stand_up')
  const [note, setNote] = useState<Readonly<Record<Part, string>>>(
    known
      ? { done_text: known.done_text ?? '', next_text: known.next_text ?? '', blocked_text: known.blocked_text ?? '' }
      : empty,
  )
  const [busy, setBusy] = useState(false)
  const save = async () => {
    setBusy(true)
    try {
      if (known) await changes.patch(known.id, known.version, note)
      else await changes.create({ sprint, user: meta.me.id, held_on: today, ...note })
      say.good(t('noteSaved'))
    } catch (error) {
      say.bad(error)
    } finally {
      setBusy(false)
    }
  }
  const blank = parts.every(part => note[part].trim() === '')
  return (
    <form
      className="yz-section yz-own-note"
      aria-label={t('ownNote')}
      onSubmit={event => {
        event.preventDefault()
        void save()
      }}
    >
      <h2>{t('ownNote')}</h2>
      <div className="yz-own-parts">
        {parts.map(part => (
          <div key={part}>
            <label htmlFor={`${prefix}-${part}`}>{t(part)}</label>
            <Input.TextArea
              id={`${prefix}-${part}`}
              value={note[part]}
              maxLength={500}
              autoSize={{ minRows: 2, maxRows: 6 }}
              onChange={event => setNote({ ...note, [part]: event.target.value })}
            />
          </div>
        ))}
      </div>
      <div>
        <Button type="primary" htmlType="submit" loading={busy} disabled={blank}>
          {t('saveNote')}
        </Button>
      </div>
    </form>
  )
}
