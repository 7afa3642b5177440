// What a guest is asked: to confirm or refuse, or to answer line by line; signed by hand where he likes.
import type { FieldDef, Json } from '@yingzao/kernel/entity'
import type { GuestPage, GuestSaid } from '@yingzao/platform/client/guest'
import { DrawnPad } from '@yingzao/ui/field/drawn-pad.tsx'
import { useLabel, useText } from '@yingzao/ui/text/language.tsx'
import { useId, useRef, useState } from 'react'
import { text } from './text.ts'

type Values = Readonly<Record<string, string>>

interface Props {
  readonly page: GuestPage
  readonly busy: boolean
  /** True when it was kept. */
  readonly onSay: (said: GuestSaid) => Promise<boolean>
}

export function Respond({ page, busy, onSay }: Props) {
  const t = useText(text)
  const label = useLabel()
  const [way, setWay] = useState<'confirm' | 'refuse' | 'answer' | null>(null)
  const [done, setDone] = useState(false)
  const say = async (said: Omit<GuestSaid, 'seen'>) => {
    if (!(await onSay({ ...said, seen: page.document.seen }))) return
    setWay(null)
    setDone(true)
  }
  // Said already, of what still stands: saying something else is possible, and no longer what is asked first.
  const settled = page.answers[0]?.outdated === false
  const first = settled ? 'gu-button' : 'gu-button gu-main'
  return (
    <section className={way === null ? 'gu-card gu-respond gu-near' : 'gu-card gu-respond'}>
      {done && way === null && (
        <p role="status" className="gu-good">
          {t('done')}
        </p>
      )}
      {way === null ? (
        <div className="gu-ways">
          {page.question && (
            <button type="button" className={first} onClick={() => setWay('answer')}>
              {label(page.question.label)}
            </button>
          )}
          {page.confirm && (
            <>
              <button type="button" className={page.question ? 'gu-button' : first} onClick={() => setWay('confirm')}>
                {label(page.confirm)}
              </button>
              <button type="button" className="gu-button gu-danger" onClick={() => setWay('refuse')}>
                {t('refuse')}
              </button>
            </>
          )}
        </div>
      ) : way === 'answer' && page.question ? (
        <Answer question={page.question} busy={busy} onCancel={() => setWay(null)} onSay={say} />
      ) : (
        <Judge
          kind={way === 'refuse' ? 'refuse' : 'confirm'}
          title={page.confirm ? label(page.confirm) : ''}
          busy={busy}
          onCancel={() => setWay(null)}
          onSay={say}
        />
      )}
    </section>
  )
}

interface SayProps {
  readonly busy: boolean
  readonly onCancel: () => void
  readonly onSay: (said: Omit<GuestSaid, 'seen'>) => Promise<void>
}

function Judge({
  kind,
  title,
  busy,
  onCancel,
  onSay,
}: SayProps & { readonly kind: 'confirm' | 'refuse'; readonly title: string }) {
  const t = useText(text)
  const field = useId()
  const [reason, setReason] = useState('')
  const { pad, signature } = useSignature()
  const refusing = kind === 'refuse'
  return (
    <form
      className="gu-stack"
      onSubmit={event => {
        event.preventDefault()
        const signed = signature()
        void onSay({ kind, ...(reason.trim() ? { reason } : {}), ...(signed ? { signature: signed } : {}) })
      }}
    >
      <h2>{refusing ? t('refuse') : title}</h2>
      <label htmlFor={field}>{t(refusing ? 'reason' : 'opinion')}</label>
      <textarea
        id={field}
        rows={3}
        maxLength={2000}
        required={refusing}
        value={reason}
        onChange={event => setReason(event.target.value)}
      />
      {pad}
      <p className="gu-faint">{t('confirmSure')}</p>
      <div className="gu-ways">
        <button
          type="submit"
          className={refusing ? 'gu-button gu-danger' : 'gu-button gu-main'}
          disabled={busy || (refusing && reason.trim() === '')}
        >
          {refusing ? t('refuseDo') : title}
        </button>
        <button type="button" className="gu-button" onClick={onCancel}>
          {t('cancel')}
        </button>
      </div>
    </form>
  )
}

function useSignature() {
  const t = useText(text)
  const canvas = useRef<HTMLCanvasElement>(null)
  const [some, setSome] = useState(false)
  const [sheet, setSheet] = useState(0)
  const pad = (
    <div className="gu-stack">
      <p className="gu-label">{t('sign')}</p>
      <DrawnPad key={sheet} canvas={canvas} label={t('sign')} onSome={() => setSome(true)} />
      {some && (
        <button
          type="button"
          className="gu-quiet"
          onClick={() => {
            setSome(false)
            setSheet(sheet + 1)
          }}
        >
          {t('clear')}
        </button>
      )}
    </div>
  )
  const signature = (): string | undefined => (some ? canvas.current?.toDataURL('image/png').split(',')[1] : undefined)
  return { pad, signature }
}

type Question = NonNullable<GuestPage['question']>

function Answer({ question, busy, onCancel, onSay }: SayProps & { readonly question: Question }) {
  const t = useText(text)
  const label = useLabel()
  const { pad, signature } = useSignature()
  const [values, setValues] = useState<Values>({})
  const [lines, setLines] = useState<Readonly<Record<string, Values>>>(() =>
    Object.fromEntries((question.lines?.rows ?? []).map(row => [row.id, plain(row.values)])),
  )
  const rows = question.lines?.rows ?? []
  return (
    <form
      className="gu-stack"
      onSubmit={event => {
        event.preventDefault()
        const signed = signature()
        void onSay({
          kind: 'answer',
          values: filled(values),
          lines: Object.fromEntries(Object.entries(lines).map(([id, each]) => [id, filled(each)])),
          ...(signed ? { signature: signed } : {}),
        })
      }}
    >
      <h2>{label(question.label)}</h2>
      {rows.map((row, at) => (
        <fieldset key={row.id}>
          <legend>
            {t('line', { no: at + 1 })} · {row.name}
          </legend>
          <div className="gu-inputs">
            {Object.entries(question.lines?.fields ?? {}).map(([name, def]) => (
              <Input
                key={name}
                def={def}
                value={lines[row.id]?.[name] ?? ''}
                onChange={value => setLines({ ...lines, [row.id]: { ...lines[row.id], [name]: value } })}
              />
            ))}
          </div>
        </fieldset>
      ))}
      {Object.entries(question.fields).map(([name, def]) => (
        <Input
          key={name}
          def={def}
          value={values[name] ?? ''}
          onChange={value => setValues({ ...values, [name]: value })}
        />
      ))}
      {pad}
      <p className="gu-faint">{t('confirmSure')}</p>
      <div className="gu-ways">
        <button type="submit" className="gu-button gu-main" disabled={busy}>
          {t('answerDo')}
        </button>
        <button type="button" className="gu-button" onClick={onCancel}>
          {t('cancel')}
        </button>
      </div>
    </form>
  )
}

/** As the lines have them: figures without zeros at their ends. */
const plain = (values: Readonly<Record<string, Json>>): Values =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const text = value === null ? '' : String(value)
      return [name, /^-?\d+\.\d+$/.test(text) ? text.replace(/\.?0+$/, '') : text]
    }),
  )
const filled = (values: Values): Readonly<Record<string, Json>> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value.trim() === '' ? [] : [[name, value.trim()]])),
  )

function Input({ def, value, onChange }: { def: FieldDef; value: string; onChange: (value: string) => void }) {
  const label = useLabel()
  const id = useId()
  const figure = ['number', 'money', 'integer', 'percent'].includes(def.kind)
  return (
    <div className="gu-stack">
      <label htmlFor={id}>{label(def.label)}</label>
      {def.kind === 'long_text' ? (
        <textarea
          id={id}
          rows={3}
          value={value}
          required={def.required ?? false}
          onChange={event => onChange(event.target.value)}
        />
      ) : (
        <input
          id={id}
          value={value}
          required={def.required ?? false}
          {...(figure
            ? { inputMode: 'decimal' as const, className: 'gu-figure', pattern: '-?[0-9]+([.][0-9]+)?' }
            : {})}
          {...(def.kind === 'date' ? { type: 'date' } : {})}
          onChange={event => onChange(event.target.value)}
        />
      )}
    </div>
  )
}
