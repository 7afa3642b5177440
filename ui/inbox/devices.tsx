// Push: switched on for this device by a press, the devices on which I am told, a test message.
import { BellOutlined, DeleteOutlined } from '@ant-design/icons'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import type { PushDevice } from '@yingzao/platform/client'
import { useClient } from '@yingzao/platform/client/react'
import { Button, Switch } from 'antd'
import { useState } from 'react'
import { useMeta } from '../data/meta.ts'
import { useSay } from '../data/say.ts'
import { useFormats, useText } from '../text/language.tsx'
import { ableToPush, deviceHere, followNotifications, switchOff, switchOn } from './push-here.ts'
import { pushText } from './push-text.ts'

const pushKey = ['yz', 'push']

export function PushDevices() {
  const t = useText(pushText)
  const say = useSay()
  const client = useClient()
  const cache = useQueryClient()
  const router = useRouter()
  const { me } = useMeta()
  const push = useQuery({ queryKey: pushKey, queryFn: () => client.push.read() })
  const [busy, setBusy] = useState(false)
  const [hindered, setHindered] = useState<'dismissed' | 'denied' | 'unreachable' | null>(null)
  const devices = push.data?.devices ?? []
  const here = deviceHere(me.id)
  const on = devices.some(each => each.id === here)
  const able = ableToPush()

  const doing = async (work: () => Promise<unknown>) => {
    setBusy(true)
    try {
      await work()
    } catch (error) {
      say.bad(error)
    }
    await cache.invalidateQueries({ queryKey: pushKey })
    setBusy(false)
  }
  const change = (next: boolean) =>
    doing(async () => {
      setHindered(null)
      if (!next) return here === null ? undefined : switchOff(client, here)
      const done = await switchOn(client, me.id, push.data?.key ?? '')
      if (done !== 'on') return setHindered(done)
      followNotifications(path => router.history.push(path))
      say.good(t('isOn'))
    })
  const test = ({ id }: PushDevice) =>
    doing(async () => {
      const { outcome, status = 0 } = await client.push.test(id)
      if (outcome === 'sent') say.good(t('tested'))
      else if (outcome === 'refused') say.bad(new Error(t('refused', { status })))
      else say.bad(new Error(t(outcome)))
    })
  const remove = ({ id }: PushDevice) => doing(() => (id === here ? switchOff(client, id) : client.push.remove(id)))

  const why = able === 'yes' ? hindered : able
  return (
    <div className="yz-field">
      <span className="yz-flex">
        <Switch
          id="yz-push-here"
          checked={on}
          loading={busy || push.isPending}
          disabled={!on && (able !== 'yes' || !push.data)}
          onChange={next => void change(next)}
        />
        <label htmlFor="yz-push-here">{t('here')}</label>
      </span>
      {why === null ? <p className="yz-faint">{t('detail')}</p> : <p role="status">{t(why)}</p>}
      {devices.length > 0 && (
        <ul className="yz-item-rows yz-devices">
          {devices.map(device => (
            <Device
              key={device.id}
              device={device}
              here={device.id === here}
              busy={busy}
              onTest={() => void test(device)}
              onRemove={() => void remove(device)}
            />
          ))}
        </ul>
      )}
    </div>
  )
}

function Device({
  device: { name, used_at, refused },
  here,
  busy,
  onTest,
  onRemove,
}: {
  readonly device: PushDevice
  readonly here: boolean
  readonly busy: boolean
  readonly onTest: () => void
  readonly onRemove: () => void
}) {
  const t = useText(pushText)
  const formats = useFormats()
  return (
    <li>
      <span className="yz-grow">
        <span className="yz-block yz-clip">{name}</span>
        <span className="yz-faint yz-figure">
          {here && `${t('thisDevice')} · `}
          {used_at ? t('used', { time: formats.ago(used_at) }) : t('neverUsed')}
        </span>
        {refused !== null && <span className="yz-block yz-fault">{t('refused', { status: refused })}</span>}
      </span>
      <Button size="small" icon={<BellOutlined aria-hidden="true" />} disabled={busy} onClick={onTest}>
        {t('test')}
      </Button>
      <Button
        danger
        size="small"
        icon={<DeleteOutlined aria-hidden="true" />}
        aria-label={`${t('remove')} ${name}`}
        disabled={busy}
        onClick={onRemove}
      />
    </li>
  )
}
