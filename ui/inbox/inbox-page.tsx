// 收件箱: what came to concern me, newest first; opening one opens its record.
import { CheckOutlined, SettingOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import type { InboxItem } from '@yingzao/platform/client'
import { keys, useClient, useInbox } from '@yingzao/platform/client/react'
import { Button, Segmented } from 'antd'
import { useState } from 'react'
import { useSay } from '../data/say.ts'
import { Failed, Notice, Waiting } from '../shell/notice.tsx'
import { PageHeader } from '../shell/page-header.tsx'
import { useFormats, useText } from '../text/language.tsx'
import { text } from './text.ts'
import './inbox.css'

export function InboxPage() {
  const t = useText(text)
  const say = useSay()
  const navigate = useNavigate()
  const client = useClient()
  const cache = useQueryClient()
  const [unread, setUnread] = useState(true)
  const inbox = useInbox({ unread })
  const mark = async (which: { readonly ids: readonly string[] } | { readonly all: true }) => {
    try {
      await client.inbox.mark(which)
    } catch (error) {
      say.bad(error)
    }
    await cache.invalidateQueries({ queryKey: keys.lists('message') })
  }
  return (
    <>
      <PageHeader
        title={t('inbox')}
        actions={
          <>
            <Button
              icon={<SettingOutlined aria-hidden="true" />}
              aria-label={t('settings')}
              title={t('settings')}
              onClick={() => void navigate({ to: '/account', hash: 'messages' })}
            />
            <Button disabled={!inbox.unread?.value} onClick={() => void mark({ all: true })}>
              {t('readAll')}
            </Button>
          </>
        }
      />
      <div className="yz-inbox">
        <Segmented
          aria-label={t('inbox')}
          value={unread ? 'unread' : 'all'}
          options={[
            { value: 'unread', label: t('unread') },
            { value: 'all', label: t('all') },
          ]}
          onChange={next => setUnread(next === 'unread')}
        />
        {inbox.error ? (
          <Failed error={inbox.error} retry={inbox.refetch} />
        ) : inbox.isPending ? (
          <Waiting />
        ) : inbox.items.length === 0 ? (
          <Notice title={unread ? t('noneUnread') : t('none')}>{t('noneUnreadDetail')}</Notice>
        ) : (
          <ul className="yz-messages">
            {inbox.items.map(item => (
              <Message key={item.id} item={item} onRead={() => void mark({ ids: [item.id] })} />
            ))}
          </ul>
        )}
        {inbox.hasMore && (
          <Button loading={inbox.isLoadingMore} onClick={inbox.loadMore}>
            {t('more')}
          </Button>
        )}
      </div>
    </>
  )
}

function Message({ item, onRead }: { readonly item: InboxItem; readonly onRead: () => void }) {
  const t = useText(text)
  const formats = useFormats()
  const { to } = item
  const said = item.text ?? t('hidden')
  return (
    <li className={item.read ? 'yz-message' : 'yz-message yz-message-new'}>
      <div className="yz-grow">
        <div className="yz-message-head">
          {item.urgent && <span className="yz-message-urgent">{t('urgent')}</span>}
          <span>{item.kind}</span>
          {item.by && <span>{item.by.name}</span>}
          <time dateTime={item.at} title={formats.instant(item.at)}>
            {formats.ago(item.at)}
          </time>
        </div>
        {to ? (
          <Link
            to="/$module/$name/$id"
            params={{ module: to.module, name: to.entity, id: to.id }}
            className="yz-message-text"
            onClick={item.read ? undefined : onRead}
          >
            {said}
          </Link>
        ) : (
          <p className="yz-message-text yz-faint">{said}</p>
        )}
      </div>
      {!item.read && (
        <Button
          type="text"
          icon={<CheckOutlined aria-hidden="true" />}
          aria-label={t('markRead')}
          title={t('markRead')}
          onClick={onRead}
        />
      )}
    </li>
  )
}
