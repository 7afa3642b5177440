// One short word about what happened: shown for a moment (antd's notices are role=alert, so they are spoken too).
import { isFailure } from '@yingzao/platform/client'
import { App } from 'antd'
import { type ReactNode, useMemo } from 'react'
import { useText } from '../text/language.tsx'
import { words } from '../text/words.ts'

const text = words({
  offline: {
    zh: '连不上服务器，请检查网络后重试',
    en: 'The server cannot be reached: check the network and try again',
  },
})

/** Speaks without showing: saves whose effect is seen anyway. */
export function speak(words: string) {
  let region = document.getElementById('yz-said')
  if (!region) {
    region = document.createElement('div')
    region.id = 'yz-said'
    region.className = 'yz-said'
    region.setAttribute('role', 'status')
    region.setAttribute('aria-live', 'polite')
    document.body.append(region)
  }
  region.textContent = words
}

export interface Say {
  good(words: string, more?: ReactNode): void
  info(words: string): void
  /** A refusal in the server's own words. */
  bad(error: unknown): void
  reason(error: unknown): string
}

export function useSay(): Say {
  const { message } = App.useApp()
  const t = useText(text)
  return useMemo(() => {
    const reason = (error: unknown) => {
      if (isFailure(error))
        return error.code === 'client.offline' ? t('offline') : error.problem.detail || error.problem.title
      return error instanceof Error ? error.message : String(error)
    }
    return {
      reason,
      good: (words, more) => {
        void message.success({ content: more ?? words, duration: more ? 6 : 2 })
      },
      info: words => {
        void message.info(words)
      },
      bad: error => {
        void message.error({ content: reason(error), duration: 6 })
      },
    }
  }, [message, t])
}
