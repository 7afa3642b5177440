// How many messages are unread: a number beside the word, nothing when there are none.
import { useInbox } from '@yingzao/platform/client/react'
import { useEffect } from 'react'
import { useText } from '../text/language.tsx'
import { text } from './text.ts'
import './inbox.css'

export function UnreadCount() {
  const t = useText(text)
  const { unread } = useInbox({ unread: true })
  const count = unread?.value
  // The number on the icon of the installed app, where there is one.
  useEffect(() => {
    if (count !== undefined && 'setAppBadge' in navigator) navigator.setAppBadge(count).catch(() => {})
  }, [count])
  if (!unread || unread.value === 0) return null
  const shown = unread.value > 99 ? '99+' : String(unread.value)
  return (
    <span className="yz-unread" title={t('unreadCount', { n: shown })}>
      {shown}
      <span className="yz-hidden">{t('unread')}</span>
    </span>
  )
}
