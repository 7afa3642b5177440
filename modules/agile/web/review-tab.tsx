// 评审与回顾: what was done and what was not, what was said of it, and what the team will do differently.
import type { EntityMeta, RecordJson } from '@yingzao/kernel/entity'
import { useList } from '@yingzao/platform/client/react'
import { useChanges } from '@yingzao/ui/data/changes'
import { RecordLink } from '@yingzao/ui/data/link.tsx'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { useSay } from '@yingzao/ui/data/say'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { useFormats, useText } from '@yingzao/ui/text/language.tsx'
import { Button, Input } from 'antd'
import { useId, useState } from 'react'
import './agile.css'
import { Retrospective } from './retrospective.tsx'
import { StageTag } from './stage-tag.tsx'
import { text } from './text.ts'

export default function ReviewTab({ record }: { entity: EntityMeta; record: RecordJson }) {
  const t = useText(text)
  const formats = useFormats()
  const meta = useMeta()
  const items = useList('work_item', { filter: { sprint: { eq: record.id } }, sort: ['rank'], limit: 500 })
  const entity = entityOf(meta, 'work_item')
  if (items.error && items.items.length === 0) return <Failed error={items.error} retry={items.refetch} />
  if (items.isPending || !entity) return <Waiting />
  const done = items.items.filter(each => each.stage === 'done')
  const rest = items.items.filter(each => each.stage !== 'done' && each.stage !== 'cancelled')
  const sum = (list: typeof done) =>
    formats.number(String(list.reduce((all, each) => all + Number(each.estimate ?? 0), 0)), 1)
  const listed = (list: typeof done) => (
    <ul className="yz-review-items">
      {list.map(each => (
        <li key={each.id}>
          <RecordLink entity={entity} id={each.id}>
            {each.title}
          </RecordLink>
          {each.stage !== 'done' && <StageTag entity={entity} stage={each.stage} />}
          <span className="yz-grow" />
          <span className="yz-figure yz-soft">{each.estimate === null ? '—' : formats.number(each.estimate, 1)}</span>
        </li>
      ))}
    </ul>
  )
  return (
    <div className="yz-agile-report yz-agile-tab">
      <div className="yz-review">
        <section className="yz-section">
          <h2>{t('reviewDone', { count: done.length, points: sum(done) })}</h2>
          {done.length === 0 ? <p className="yz-soft">{t('nothingFinished')}</p> : listed(done)}
        </section>
        <section className="yz-section">
          <h2>{t('reviewOpen', { count: rest.length, points: sum(rest) })}</h2>
          {rest.length === 0 ? (
            <p className="yz-soft">{t(record.stage === 'closed' ? 'movedOn' : 'nothingOpen')}</p>
          ) : (
            listed(rest)
          )}
        </section>
      </div>
      <Notes key={record.version} record={record} />
      <Retrospective sprint={record} />
    </div>
  )
}

function Notes({ record }: { record: RecordJson }) {
  const t = useText(text)
  const say = useSay()
  const id = useId()
  const changes = useChanges('sprint')
  const before = typeof record.review_notes === 'string' ? record.review_notes : ''
  const [notes, setNotes] = useState(before)
  const [busy, setBusy] = useState(false)
  const may = record._can.includes('update')
  const save = async () => {
    setBusy(true)
    try {
      await changes.patch(record.id, record.version, { review_notes: notes })
      say.good(t('noteSaved'))
    } catch (error) {
      say.bad(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <section className="yz-section">
      <h2>
        <label htmlFor={id}>{t('reviewNotes')}</label>
      </h2>
      {may ? (
        <>
          <Input.TextArea
            id={id}
            value={notes}
            placeholder={t('reviewHint')}
            autoSize={{ minRows: 3, maxRows: 16 }}
            onChange={event => setNotes(event.target.value)}
          />
          {notes !== before && (
            <div>
              <Button type="primary" loading={busy} onClick={() => void save()}>
                {t('saveNote')}
              </Button>
            </div>
          )}
        </>
      ) : (
        <p className={before ? 'yz-prose' : 'yz-soft'}>{before || t('noReviewNotes')}</p>
      )}
    </section>
  )
}
