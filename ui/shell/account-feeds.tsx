// My calendar feeds: an address for each phone or mail program, shown once, ended when it is no longer used.
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useClient } from '@yingzao/platform/client/react'
import { App, Button, Input } from 'antd'
import { type FormEvent, useId, useState } from 'react'
import { useSay } from '../data/say.ts'
import { useFormats, useText } from '../text/language.tsx'
import { words } from '../text/words.ts'
import { text as accountText } from './account-text.ts'

const text = words({
  feeds: { zh: '日历订阅', en: 'Calendar feeds' },
  detail: {
    zh: '在手机或 Outlook 里订阅自己的任务、里程碑和周计划。地址只有您知道，每次按您当时的权限给出内容。',
    en: 'Subscribe to your tasks, milestones and weekly commitments on a phone or in Outlook. Only you know the address; it shows what you may see at the time it is read.',
  },
  copyNow: {
    zh: '请现在复制到“订阅日历 / 添加 URL 日历”，它不会再显示：',
    en: 'Copy it into “subscribe to a calendar” now; it will not be shown again:',
  },
  open: { zh: '在本机日历中打开', en: 'Open in this device’s calendar' },
  name: { zh: '用在哪里', en: 'Where it is used' },
  example: { zh: '如：我的手机', en: 'Such as: my phone' },
  create: { zh: '新建订阅地址', en: 'New feed' },
  end: { zh: '停用', en: 'End' },
  endTitle: { zh: '停用“{name}”？', en: 'End “{name}”?' },
  endDetail: { zh: '用这个地址的日历将不再更新。', en: 'Calendars that use this address no longer update.' },
  none: { zh: '还没有订阅。', en: 'No feeds yet.' },
})

export function Feeds() {
  const t = useText(text)
  const a = useText(accountText)
  const say = useSay()
  const formats = useFormats()
  const client = useClient()
  const cache = useQueryClient()
  const { modal } = App.useApp()
  const feeds = useQuery({ queryKey: ['yz', 'feeds'], queryFn: () => client.feeds.list() })
  const [name, setName] = useState('')
  const [made, setMade] = useState<string | null>(null)
  const id = useId()
  const again = () => cache.invalidateQueries({ queryKey: ['yz', 'feeds'] })
  const create = async (event: FormEvent) => {
    event.preventDefault()
    try {
      const { path } = await client.feeds.create(name.trim())
      setMade(new URL(path, window.location.href).href)
      setName('')
      await again()
    } catch (error) {
      say.bad(error)
    }
  }
  const end = (feed: string, feedName: string) =>
    void modal.confirm({
      title: t('endTitle', { name: feedName }),
      content: t('endDetail'),
      okText: t('end'),
      okButtonProps: { danger: true },
      onOk: async () => {
        try {
          await client.feeds.revoke(feed)
          setMade(null)
          await again()
        } catch (error) {
          say.bad(error)
        }
      },
    })
  return (
    <section className="yz-section">
      <h2>{t('feeds')}</h2>
      <p className="yz-faint">{t('detail')}</p>
      {made && (
        <div className="yz-token" role="status">
          <p>{t('copyNow')}</p>
          <div className="yz-flex">
            <code className="yz-code yz-grow">{made}</code>
            <Button onClick={() => void navigator.clipboard.writeText(made).then(() => say.good(a('copied')), say.bad)}>
              {a('copy')}
            </Button>
          </div>
          <p>
            <a className="yz-link" href={made.replace(/^https?:/, 'webcal:')}>
              {t('open')}
            </a>
          </p>
        </div>
      )}
      {feeds.data?.length === 0 && <p className="yz-soft">{t('none')}</p>}
      <ul className="yz-item-rows">
        {(feeds.data ?? []).map(feed => (
          <li key={feed.id}>
            <span className="yz-grow">
              <span className="yz-block yz-clip">{feed.name}</span>
              <span className="yz-faint yz-figure">
                {feed.used_at ? a('used', { time: formats.ago(feed.used_at) }) : a('neverUsed')}
              </span>
            </span>
            <Button
              danger
              size="small"
              icon={<DeleteOutlined aria-hidden="true" />}
              aria-label={`${t('end')} ${feed.name}`}
              onClick={() => end(feed.id, feed.name)}
            />
          </li>
        ))}
      </ul>
      <form className="yz-fields yz-gap" onSubmit={event => void create(event)}>
        <div className="yz-field">
          <label className="yz-label" htmlFor={id}>
            {t('name')}
          </label>
          <Input
            id={id}
            value={name}
            maxLength={60}
            placeholder={t('example')}
            onChange={event => setName(event.target.value)}
          />
        </div>
        <div className="yz-field">
          <span className="yz-label" aria-hidden="true">
            &nbsp;
          </span>
          <div>
            <Button htmlType="submit" icon={<PlusOutlined aria-hidden="true" />} disabled={!name.trim()}>
              {t('create')}
            </Button>
          </div>
        </div>
      </form>
    </section>
  )
}
