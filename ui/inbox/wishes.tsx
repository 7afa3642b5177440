// How I wish to be told outside of Yingzao: by mail at once or in a digest, quiet hours, about what.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { isFailure, type MessageSettings } from '@yingzao/platform/client'
import { useClient } from '@yingzao/platform/client/react'
import { Button, Checkbox, Segmented } from 'antd'
import { type FormEvent, useState } from 'react'
import { useSay } from '../data/say.ts'
import { useText } from '../text/language.tsx'
import { text } from './text.ts'
import './inbox.css'

const settingsKey = ['yz', 'message-settings']

export function MessageWishes() {
  const t = useText(text)
  const client = useClient()
  const settings = useQuery({ queryKey: settingsKey, queryFn: () => client.inbox.settings() })
  return (
    <section className="yz-section" id="messages">
      <h2>{t('wishes')}</h2>
      {settings.data && <Wishes key={settings.dataUpdatedAt} known={settings.data} />}
    </section>
  )
}

function Wishes({ known }: { readonly known: MessageSettings }) {
  const t = useText(text)
  const say = useSay()
  const client = useClient()
  const cache = useQueryClient()
  const [mail, setMail] = useState(known.mail)
  const [from, setFrom] = useState(known.quiet_from ?? '')
  const [to, setTo] = useState(known.quiet_to ?? '')
  const [muted, setMuted] = useState(() => known.kinds.filter(kind => !kind.mail).map(kind => kind.name))
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<string | null>(null)
  const save = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setFault(null)
    try {
      const kept = await client.inbox.wish({ mail, quiet_from: from || null, quiet_to: to || null, muted })
      cache.setQueryData(settingsKey, kept)
      say.good(t('saved'))
    } catch (error) {
      const wrong = isFailure(error) ? error.problem.errors?.[0] : undefined
      if (wrong) setFault(wrong.message)
      else say.bad(error)
    }
    setBusy(false)
  }
  if (!known.mailed) return <p className="yz-faint">{t('notMailed')}</p>
  const abouts = [...new Set(known.kinds.map(kind => kind.about))]
  return (
    <form className="yz-wishes" onSubmit={event => void save(event)}>
      <div className="yz-field">
        <span className="yz-label" id="yz-wish-mail">
          {t('mail')}
        </span>
        <div>
          <Segmented
            aria-labelledby="yz-wish-mail"
            value={mail}
            options={[
              { value: 'at_once' as const, label: t('atOnce') },
              { value: 'daily' as const, label: t('daily') },
              { value: 'weekly' as const, label: t('weekly') },
              { value: 'never' as const, label: t('never') },
            ]}
            onChange={setMail}
          />
        </div>
        <p className="yz-faint">{t('digestDetail')}</p>
      </div>
      <fieldset className="yz-field" disabled={mail === 'never'}>
        <legend className="yz-label">{t('quiet')}</legend>
        <div className="yz-flex">
          <label className="yz-flex">
            {t('quietFrom')}
            <input type="time" className="yz-time" value={from} onChange={event => setFrom(event.target.value)} />
          </label>
          <label className="yz-flex">
            {t('quietTo')}
            <input type="time" className="yz-time" value={to} onChange={event => setTo(event.target.value)} />
          </label>
        </div>
        {fault && (
          <p className="yz-fault" role="alert">
            {fault}
          </p>
        )}
      </fieldset>
      <fieldset className="yz-field">
        <legend className="yz-label">{t('kinds')}</legend>
        <ul className="yz-plain-list">
          {abouts.map(about => (
            <li key={about}>
              <span className="yz-faint">{about}</span>
              {known.kinds
                .filter(kind => kind.about === about)
                .map(kind => (
                  <Checkbox
                    key={kind.name}
                    checked={mail !== 'never' && !muted.includes(kind.name)}
                    disabled={mail === 'never'}
                    onChange={event =>
                      setMuted(event.target.checked ? muted.filter(each => each !== kind.name) : [...muted, kind.name])
                    }
                  >
                    {kind.label}
                    {kind.urgent && ` · ${t('urgent')}`}
                  </Checkbox>
                ))}
            </li>
          ))}
        </ul>
      </fieldset>
      <Button type="primary" htmlType="submit" loading={busy}>
        {t('save')}
      </Button>
    </form>
  )
}
