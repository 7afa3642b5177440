// How I wish to be told outside of Yingzao: by mail and push, at once or in a digest, quiet hours, about what.
import { CheckOutlined } from '@ant-design/icons'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { isFailure, type MessageSettings } from '@yingzao/platform/client'
import { useClient } from '@yingzao/platform/client/react'
import { Button, Checkbox, Segmented } from 'antd'
import { type FormEvent, useState } from 'react'
import { useSay } from '../data/say.ts'
import { useText } from '../text/language.tsx'
import { PushDevices } from './devices.tsx'
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

type When = MessageSettings['mail']

function Wishes({ known }: { readonly known: MessageSettings }) {
  const t = useText(text)
  const say = useSay()
  const client = useClient()
  const cache = useQueryClient()
  const [when, setWhen] = useState({ mail: known.mail, push: known.push })
  const [from, setFrom] = useState(known.quiet_from ?? '')
  const [to, setTo] = useState(known.quiet_to ?? '')
  const [muted, setMuted] = useState(() => ({
    mail: known.kinds.filter(kind => !kind.mail).map(kind => kind.name),
    push: known.kinds.filter(kind => !kind.push).map(kind => kind.name),
  }))
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<string | null>(null)
  const { channels } = known
  const save = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setFault(null)
    try {
      const kept = await client.inbox.wish({
        ...when,
        ...{ quiet_from: from || null, quiet_to: to || null, muted: muted.mail, push_muted: muted.push },
      })
      cache.setQueryData(settingsKey, kept)
      say.good(t('saved'))
    } catch (error) {
      const wrong = isFailure(error) ? error.problem.errors?.[0] : undefined
      if (wrong) setFault(wrong.message)
      else say.bad(error)
    }
    setBusy(false)
  }
  const mute = (channel: Channel, kind: string, silent: boolean) =>
    setMuted(before => ({
      ...before,
      [channel]: silent ? [...before[channel], kind] : before[channel].filter(each => each !== kind),
    }))
  return (
    <form className="yz-wishes" onSubmit={event => void save(event)}>
      {channels.includes('push') && <PushDevices />}
      {!channels.includes('mail') && <p className="yz-faint">{t('notMailed')}</p>}
      {channels.map(channel => (
        <div key={channel} className="yz-field">
          <span className="yz-label" id={`yz-wish-${channel}`}>
            {t(channel)}
          </span>
          <div>
            <Segmented
              aria-labelledby={`yz-wish-${channel}`}
              value={when[channel]}
              options={(['at_once', 'daily', 'weekly', 'never'] as const).map(value => ({ value, label: t(value) }))}
              onChange={(value: When) => setWhen(before => ({ ...before, [channel]: value }))}
            />
          </div>
        </div>
      ))}
      {channels.length > 0 && (
        <>
          <p className="yz-faint">{t('digestDetail')}</p>
          <fieldset className="yz-field" disabled={channels.every(channel => when[channel] === 'never')}>
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
          <Kinds known={known} muted={muted} silent={channel => when[channel] === 'never'} onMute={mute} />
          <Button type="primary" htmlType="submit" loading={busy}>
            {t('save')}
          </Button>
        </>
      )}
    </form>
  )
}

type Channel = MessageSettings['channels'][number]

/** What there is news about, and where it goes: the inbox always, the other channels as chosen. */
function Kinds({
  known: { channels, kinds },
  muted,
  silent,
  onMute,
}: {
  readonly known: MessageSettings
  readonly muted: Readonly<Record<Channel, readonly string[]>>
  readonly silent: (channel: Channel) => boolean
  readonly onMute: (channel: Channel, kind: string, silent: boolean) => void
}) {
  const t = useText(text)
  const short = { mail: t('mailShort'), push: t('pushShort') }
  const abouts = [...new Set(kinds.map(kind => kind.about))]
  return (
    <table className="yz-kinds">
      <caption className="yz-label">{t('kinds')}</caption>
      <thead>
        <tr>
          <th scope="col">
            <span className="yz-hidden">{t('kind')}</span>
          </th>
          <th scope="col">{t('inboxShort')}</th>
          {channels.map(channel => (
            <th key={channel} scope="col">
              {short[channel]}
            </th>
          ))}
        </tr>
      </thead>
      {abouts.map(about => (
        <tbody key={about}>
          <tr>
            <th scope="rowgroup" colSpan={2 + channels.length} className="yz-faint">
              {about}
            </th>
          </tr>
          {kinds
            .filter(kind => kind.about === about)
            .map(({ name, label, urgent }) => (
              <tr key={name}>
                <th scope="row">
                  {label}
                  {urgent && ` · ${t('urgent')}`}
                </th>
                <td>
                  <CheckOutlined aria-label={t('always')} title={t('always')} />
                </td>
                {channels.map(channel => (
                  <td key={channel}>
                    <Checkbox
                      aria-label={`${label} · ${short[channel]}`}
                      checked={!silent(channel) && !muted[channel].includes(name)}
                      disabled={silent(channel)}
                      onChange={event => onMute(channel, name, !event.target.checked)}
                    />
                  </td>
                ))}
              </tr>
            ))}
        </tbody>
      ))}
    </table>
  )
}
