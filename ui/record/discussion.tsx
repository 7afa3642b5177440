// Comments of a record, live: what a colleague writes appears while one reads.
import { useQueryClient } from '@tanstack/react-query'
import type { EntityMeta, RecordJson } from '@yingzao/kernel/entity'
import type { Comment } from '@yingzao/platform/client'
import { keys, useClient, useComments, useLive } from '@yingzao/platform/client/react'
import { Button, Input } from 'antd'
import { type KeyboardEvent, lazy, Suspense, useState } from 'react'
import { useMeta } from '../data/meta.ts'
import { useSay } from '../data/say.ts'
import { initials } from '../shell/person-menu.tsx'
import { useFormats, useText } from '../text/language.tsx'
import { text } from './text.ts'

const MentionInput = lazy(() => import('./mention-input.tsx'))

export function Discussion({ entity, record }: { entity: EntityMeta; record: RecordJson }) {
  const t = useText(text)
  const say = useSay()
  const client = useClient()
  const cache = useQueryClient()
  const comments = useComments(entity.name, record.id)
  const [body, setBody] = useState('')
  const [busy, setBusy] = useState(false)
  const door = client.entity(entity.name).comments
  const again = () => cache.invalidateQueries({ queryKey: [...keys.record(entity.name, record.id), 'comments'] })
  useLive([{ entity: entity.name, id: record.id }], () => void again())

  const send = async () => {
    const words = body.trim()
    if (!words) return
    setBusy(true)
    try {
      await door.add(record.id, words)
      setBody('')
      await again()
    } catch (error) {
      say.bad(error)
    } finally {
      setBusy(false)
    }
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send()
  }
  return (
    <div className="yz-stack">
      <div className="yz-comment-new">
        <Suspense fallback={<Input.TextArea disabled autoSize={{ minRows: 2 }} placeholder={t('comment')} />}>
          <MentionInput value={body} label={t('comment')} onChange={setBody} onKeyDown={onKeyDown} />
        </Suspense>
        <Button type="primary" loading={busy} disabled={!body.trim()} onClick={() => void send()}>
          {t('send')}
        </Button>
      </div>
      <ul className="yz-stack" aria-live="polite">
        {(comments.data ?? []).map(comment => (
          <OneComment
            key={comment.id}
            comment={comment}
            onEdit={async next => {
              await door.edit(record.id, comment.id, comment.version, next)
              await again()
            }}
            onRemove={async () => {
              await door.remove(record.id, comment.id, comment.version)
              await again()
            }}
          />
        ))}
      </ul>
      {comments.data?.length === 0 && <p className="yz-faint">{t('noComments')}</p>}
    </div>
  )
}

function OneComment({
  comment,
  onEdit,
  onRemove,
}: {
  comment: Comment
  onEdit: (body: string) => Promise<void>
  onRemove: () => Promise<void>
}) {
  const t = useText(text)
  const say = useSay()
  const formats = useFormats()
  const { me } = useMeta()
  const [draft, setDraft] = useState<string | null>(null)
  const name = comment.by?.name ?? t('system')
  const save = async () => {
    if (draft === null) return
    try {
      if (draft.trim() && draft.trim() !== comment.body) await onEdit(draft.trim())
      setDraft(null)
    } catch (error) {
      say.bad(error)
    }
  }
  return (
    <li className={comment.by?.id === me.id ? 'yz-comment yz-mine' : 'yz-comment'}>
      <span className="yz-avatar" aria-hidden="true">
        {initials(name)}
      </span>
      <div className="yz-grow">
        <div className="yz-flex">
          <strong>{name}</strong>
          <time className="yz-faint" dateTime={comment.at} title={formats.instant(comment.at)}>
            {formats.ago(comment.at)}
          </time>
          {comment.guest && (
            <span className="yz-faint">
              {comment.by?.id === comment.guest.id ? t('fromOutside') : t('toGuest', { who: comment.guest.name })}
            </span>
          )}
          {comment.edited && <span className="yz-faint">{t('edited')}</span>}
        </div>
        {draft === null ? (
          <p className="yz-prose">{comment.body}</p>
        ) : (
          <Input.TextArea
            autoFocus
            value={draft}
            aria-label={t('edit')}
            autoSize
            onChange={event => setDraft(event.target.value)}
            onKeyDown={event => {
              if (event.key === 'Escape') setDraft(null)
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void save()
            }}
          />
        )}
        <div className="yz-flex">
          {draft !== null && (
            <>
              <Button size="small" type="primary" onClick={() => void save()}>
                {t('save')}
              </Button>
              <Button size="small" onClick={() => setDraft(null)}>
                {t('cancel')}
              </Button>
            </>
          )}
          {draft === null && comment._can.includes('update') && (
            <Button size="small" type="link" className="yz-quiet-button" onClick={() => setDraft(comment.body)}>
              {t('edit')}
            </Button>
          )}
          {draft === null && comment._can.includes('delete') && (
            <Button size="small" type="link" className="yz-quiet-button" onClick={() => void onRemove().catch(say.bad)}>
              {t('remove')}
            </Button>
          )}
        </div>
      </div>
    </li>
  )
}
