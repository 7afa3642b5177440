// Inside: the document, what is asked about it, papers and conversation.
import type { GuestDoor, GuestPage } from '@yingzao/platform/client/guest'
import { useFormats, useText } from '@yingzao/ui/text/language.tsx'
import { useId, useRef, useState } from 'react'
import type { Ask } from './guest.tsx'
import { Paper } from './paper.tsx'
import { Respond } from './respond.tsx'
import { text } from './text.ts'

interface Props {
  readonly ask: Ask
  readonly door: GuestDoor
  readonly page: GuestPage
  readonly onPage: (page: GuestPage) => void
  readonly onEnd: (error: unknown) => void
  readonly onLeft: () => void
}

export function Inside({ ask, door, page, onPage, onEnd, onLeft }: Props) {
  const t = useText(text)
  const formats = useFormats()
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const at = `/guest/${door.id}`
  const doing = async (work: () => Promise<void>): Promise<boolean> => {
    setBusy(true)
    setProblem(null)
    try {
      await work()
      return true
    } catch (error) {
      setProblem(ask.reason(error))
      onEnd(error)
      return false
    } finally {
      setBusy(false)
    }
  }
  const print = () =>
    doing(async () => {
      const answer = await ask.transport.fetch('POST', `${at}/print`, { body: {} })
      const url = URL.createObjectURL(await answer.blob())
      const link = document.createElement('a')
      link.href = url
      link.download = `${page.document.title}.pdf`
      link.click()
      setTimeout(() => URL.revokeObjectURL(url), 60_000)
    })
  const asked = page.confirm !== null || page.question !== null
  return (
    <main className="gu-inside">
      <section className="gu-intro">
        <p>{t(asked ? 'asks' : 'looks', { inviter: page.inviter })}</p>
        {page.message && <blockquote>{page.message}</blockquote>}
      </section>
      {problem && (
        <p role="alert" className="gu-problem">
          {problem}
        </p>
      )}
      <Paper page={page} />
      {page.answers.length > 0 && <Said page={page} />}
      {asked && (
        <Respond
          page={page}
          busy={busy}
          onSay={said =>
            doing(async () => onPage(await ask.transport.call<GuestPage>('POST', `${at}/say`, { body: said })))
          }
        />
      )}
      {(page.files.length > 0 || page.acts.includes('attach')) && (
        <Files
          page={page}
          busy={busy}
          address={id => ask.transport.address(`${at}/files/${id}`)}
          onAdd={file =>
            doing(async () => {
              const form = new FormData()
              form.append('file', file, file.name)
              onPage(await ask.transport.call<GuestPage>('POST', `${at}/files`, { raw: form }))
            })
          }
        />
      )}
      {(page.comments.length > 0 || page.acts.includes('comment')) && (
        <Talk
          page={page}
          busy={busy}
          onSend={body =>
            doing(async () => onPage(await ask.transport.call<GuestPage>('POST', `${at}/comments`, { body: { body } })))
          }
        />
      )}
      <footer className="gu-foot">
        {page.acts.includes('print') && (
          <button type="button" className="gu-button" disabled={busy} onClick={() => void print()}>
            {t('print')}
          </button>
        )}
        <p className="gu-faint">
          {t('you', page.who)} · {t('until', { until: formats.instant(page.until) })}
        </p>
        <button
          type="button"
          className="gu-quiet"
          onClick={() =>
            void doing(async () => {
              await ask.transport.call('DELETE', at)
              onLeft()
            })
          }
        >
          {t('leave')}
        </button>
      </footer>
    </main>
  )
}

const words = { confirm: 'confirmed', refuse: 'refused', answer: 'answer' } as const

function Said({ page }: { page: GuestPage }) {
  const t = useText(text)
  const formats = useFormats()
  return (
    <section className="gu-card">
      <h2>{t('answered')}</h2>
      <ul className="gu-said" aria-live="polite">
        {page.answers.map(each => (
          <li key={each.id} className={`gu-${each.kind}`}>
            <p>
              <strong>{t(words[each.kind])}</strong>{' '}
              <span className="gu-faint">
                {formats.instant(each.at)}
                {each.signed ? ` · ${t('signed')}` : ''}
              </span>
            </p>
            {each.reason && <p>{each.reason}</p>}
            {each.outdated && (
              <p className="gu-warn">{t('outdated', { version: each.version, now: page.document.version })}</p>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

interface FilesProps {
  readonly page: GuestPage
  readonly busy: boolean
  readonly address: (id: string) => string
  readonly onAdd: (file: File) => Promise<boolean>
}
function Files({ page, busy, address, onAdd }: FilesProps) {
  const t = useText(text)
  const formats = useFormats()
  const choose = useRef<HTMLInputElement>(null)
  const [uploading, setUploading] = useState(false)
  return (
    <section className="gu-card">
      <h2>{t('files')}</h2>
      {page.files.length === 0 && <p className="gu-faint">{t('noFiles')}</p>}
      <ul className="gu-files">
        {page.files.map(file => (
          <li key={file.id}>
            <a href={address(file.id)} target="_blank" rel="noreferrer">
              {file.name}
            </a>
            <span className="gu-faint">
              {formats.bytes(file.size)}
              {file.mine ? ` · ${t('mine')}` : ''}
            </span>
          </li>
        ))}
      </ul>
      {page.acts.includes('attach') && (
        <>
          <button type="button" className="gu-button" disabled={busy} onClick={() => choose.current?.click()}>
            {t(uploading ? 'uploading' : 'addFile')}
          </button>
          <input
            ref={choose}
            type="file"
            hidden
            onChange={event => {
              const [file] = event.target.files ?? []
              event.target.value = ''
              if (!file) return
              setUploading(true)
              void onAdd(file).finally(() => setUploading(false))
            }}
          />
        </>
      )}
    </section>
  )
}

function Talk({ page, busy, onSend }: { page: GuestPage; busy: boolean; onSend: (body: string) => Promise<boolean> }) {
  const t = useText(text)
  const formats = useFormats()
  const field = useId()
  const [body, setBody] = useState('')
  return (
    <section className="gu-card">
      <h2>{t('talk')}</h2>
      <ul className="gu-talk" aria-live="polite">
        {page.comments.map(each => (
          <li key={each.id} className={each.mine ? 'gu-mine' : ''}>
            <p className="gu-faint">
              {each.name} · {formats.instant(each.at)}
            </p>
            <p className="gu-prose">{each.body}</p>
          </li>
        ))}
      </ul>
      {page.acts.includes('comment') && (
        <form
          className="gu-stack"
          onSubmit={event => {
            event.preventDefault()
            void onSend(body).then(done => done && setBody(''))
          }}
        >
          <label htmlFor={field}>{t('talkHint', { inviter: page.inviter })}</label>
          <textarea id={field} rows={3} maxLength={4000} value={body} onChange={event => setBody(event.target.value)} />
          <button type="submit" className="gu-button" disabled={busy || body.trim() === ''}>
            {t('send')}
          </button>
        </form>
      )}
    </section>
  )
}
