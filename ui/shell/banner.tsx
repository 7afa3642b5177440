// Tells when the line is down: offline at once, an interrupted live connection after a while.
import { useLiveState } from '@yingzao/platform/client/react'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { useText } from '../text/language.tsx'
import { text } from './text.ts'

const watchLine = (notify: () => void) => {
  window.addEventListener('online', notify)
  window.addEventListener('offline', notify)
  return () => {
    window.removeEventListener('online', notify)
    window.removeEventListener('offline', notify)
  }
}

export function LineBanner() {
  const t = useText(text)
  const online = useSyncExternalStore(watchLine, () => navigator.onLine)
  const live = useLiveState()
  const [late, setLate] = useState(false)
  const broken = live === 'waiting'
  useEffect(() => {
    if (!broken) return setLate(false)
    const timer = setTimeout(() => setLate(true), 2500)
    return () => clearTimeout(timer)
  }, [broken])
  const message = !online ? t('offline') : late ? t('reconnecting') : null
  return (
    <div role="status" aria-live="polite" className={message ? 'yz-banner' : 'yz-hidden'}>
      {message}
    </div>
  )
}
