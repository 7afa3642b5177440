// Paper: asks the server for a PDF and shows it in a tab of its own, from where it is printed; or saves it.
import { App, Button } from 'antd'
import { createElement, Fragment, useCallback, useRef } from 'react'
import { useText } from '../text/language.tsx'
import { words } from '../text/words.ts'
import { saveAnswer } from './download.ts'
import { useSay } from './say.ts'

const text = words({
  making: { zh: '正在生成 PDF…', en: 'Making the PDF…' },
  cancel: { zh: '取消', en: 'Cancel' },
  blocked: { zh: '浏览器拦截了新标签页，已改为下载', en: 'The browser blocked the new tab: it was downloaded instead' },
})

export interface Paper {
  /** Must be called while a click or key is being handled: browsers open no tab later. */
  open(ask: (signal: AbortSignal) => Promise<Response>): void
  save(ask: (signal: AbortSignal) => Promise<Response>, fallback: string): void
}

export function usePaper(): Paper {
  const t = useText(text)
  const say = useSay()
  const { message } = App.useApp()
  const busy = useRef(false)

  const make = useCallback(
    async (
      ask: (signal: AbortSignal) => Promise<Response>,
      use: (answer: Response) => Promise<void>,
      drop: () => void,
    ) => {
      // A second press while the first is under way would only count a second print.
      if (busy.current) return drop()
      busy.current = true
      const aborter = new AbortController()
      const cancel = createElement(Button, { type: 'link', size: 'small', onClick: () => aborter.abort() }, t('cancel'))
      const close = message.loading({ content: createElement(Fragment, null, t('making'), ' ', cancel), duration: 0 })
      try {
        await use(await ask(aborter.signal))
      } catch (error) {
        drop()
        if (!aborter.signal.aborted) say.bad(error)
      } finally {
        busy.current = false
        close()
      }
    },
    [t, say, message],
  )
  return {
    open(ask) {
      const tab = window.open('', '_blank')
      if (tab) tab.document.title = t('making')
      const show = async (answer: Response) => {
        if (!tab || tab.closed) {
          await saveAnswer(answer, 'print.pdf')
          return say.info(t('blocked'))
        }
        const url = URL.createObjectURL(await answer.blob())
        tab.location.replace(url)
        // The tab has read it by then; reloading it later asks for a new print.
        setTimeout(() => URL.revokeObjectURL(url), 600_000)
      }
      void make(ask, show, () => tab?.close())
    },
    save(ask, fallback) {
      const keep = async (answer: Response) => {
        await saveAnswer(answer, fallback)
      }
      void make(ask, keep, () => {})
    },
  }
}
