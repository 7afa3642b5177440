// One short word about what happened: shown for a moment (antd's notices are role=alert, so they are spoken too).
import { isFailure } from '@yingzao/platform/client'
import { App, Button } from 'antd'
import { createElement, Fragment, useMemo } from 'react'
import { useText } from '../text/language.tsx'
import { words } from '../text/words.ts'

const text = words({
  undo: { zh: '撤销', en: 'Undo' },
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
  good(words: string): void
  /** What was done, with the button that takes it back; says why when it cannot be. */
  undoable(words: string, back: () => Promise<unknown>, seconds?: number): void
  info(words: string): void
  /** Done, but something is to be looked at: stays until it can be read. */
  warn(words: string): void
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
    const bad = (error: unknown) => void message.error({ content: reason(error), duration: 6 })
    return {
      reason,
      good: words => {
        void message.success({ content: words, duration: 2 })
      },
      undoable: (words, back, seconds = 10) => {
        const onClick = () => {
          close()
          back().catch(bad)
        }
        const button = createElement(Button, { type: 'link', size: 'small', onClick }, t('undo'))
        const close = message.success({ content: createElement(Fragment, null, words, ' ', button), duration: seconds })
      },
      warn: words => {
        void message.warning({ content: words, duration: 8 })
      },
      info: words => {
        void message.info(words)
      },
      bad,
    }
  }, [message, t])
}
