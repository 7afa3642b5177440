// Shows that it is he: a code is sent to his mailbox and typed here.
import type { GuestDoor } from '@yingzao/platform/client/guest'
import { useFormats, useText } from '@yingzao/ui/text/language.tsx'
import { useId, useRef, useState } from 'react'
import type { Ask } from './guest.tsx'
import { text } from './text.ts'

interface Props {
  readonly ask: Ask
  readonly door: GuestDoor
  readonly link: string
  readonly onIn: () => void
  readonly onEnd: (error: unknown) => void
}

export function Door({ ask, door, link, onIn, onEnd }: Props) {
  const t = useText(text)
  const formats = useFormats()
  const field = useId()
  const input = useRef<HTMLInputElement>(null)
  const [sent, setSent] = useState(false)
  const [code, setCode] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const doing = async (work: () => Promise<void>) => {
    setBusy(true)
    setProblem(null)
    try {
      await work()
    } catch (error) {
      setProblem(ask.reason(error))
      onEnd(error)
    } finally {
      setBusy(false)
    }
  }
  const send = () =>
    doing(async () => {
      await ask.transport.call('POST', '/guest/code', { body: { link } })
      setSent(true)
      setCode('')
      input.current?.focus()
    })
  const enter = () =>
    doing(async () => {
      await ask.transport.call('POST', '/guest/enter', { body: { link, code } })
      onIn()
    })
  return (
    <main className="gu-card gu-door">
      <h1>{t('doorTitle')}</h1>
      <p className="gu-soft">{sent ? t('codeSent', { mail: door.mail }) : t('doorWhy', { mail: door.mail })}</p>
      {problem && (
        <p role="alert" className="gu-problem">
          {problem}
        </p>
      )}
      {sent && (
        <form
          className="gu-stack"
          onSubmit={event => {
            event.preventDefault()
            void enter()
          }}
        >
          <label htmlFor={field}>{t('code')}</label>
          <input
            id={field}
            ref={input}
            className="gu-code"
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={6}
            value={code}
            onChange={event => setCode(event.target.value.replace(/\D/g, ''))}
          />
          <button type="submit" className="gu-button gu-main" disabled={busy || code.length !== 6}>
            {t('enter')}
          </button>
        </form>
      )}
      <button
        type="button"
        className={sent ? 'gu-quiet' : 'gu-button gu-main'}
        disabled={busy}
        onClick={() => void send()}
      >
        {t(sent ? 'again' : 'getCode')}
      </button>
      <p className="gu-faint">{t('until', { until: formats.instant(door.until) })}</p>
    </main>
  )
}
