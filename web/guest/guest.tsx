// From a link to the page: what the link opens, the code if nobody is in, then the document. Ends say why, in the server's words.

import { isFailure } from '@yingzao/platform/client/failure'
import type { GuestDoor, GuestPage } from '@yingzao/platform/client/guest'
import { createTransport, type Transport } from '@yingzao/platform/client/transport'
import { useLanguage, useText } from '@yingzao/ui/text/language.tsx'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { Door } from './door.tsx'
import { Inside } from './inside.tsx'
import { text } from './text.ts'

export interface Ask {
  readonly transport: Transport
  /** In words for people. */
  readonly reason: (error: unknown) => string
}

type Place =
  | { readonly at: 'opening' | 'left' }
  | { readonly at: 'shut'; readonly why: string; readonly retry: boolean }
  | { readonly at: 'door'; readonly door: GuestDoor }
  | { readonly at: 'inside'; readonly door: GuestDoor; readonly page: GuestPage }

export function Guest({ link }: { link: string }) {
  const t = useText(text)
  const { lang, setLang } = useLanguage()
  const [place, setPlace] = useState<Place>({ at: 'opening' })
  const ask = useMemo(
    (): Ask => ({
      transport: createTransport({ kind: 'web', lang }),
      reason: error =>
        !isFailure(error)
          ? String(error)
          : error.code === 'client.offline'
            ? t('offline')
            : (error.problem.errors?.[0]?.message ?? error.problem.detail),
    }),
    [lang, t],
  )

  const open = useCallback(async () => {
    try {
      const door = await ask.transport.call<GuestDoor>('POST', '/guest/open', { body: { link } })
      try {
        const page = await ask.transport.call<GuestPage>('GET', `/guest/${door.id}`)
        setPlace({ at: 'inside', door, page })
      } catch (error) {
        if (!isFailure(error) || error.code !== 'guest.required') throw error
        setPlace({ at: 'door', door })
      }
    } catch (error) {
      setPlace({ at: 'shut', why: ask.reason(error), retry: isFailure(error) && error.status === 0 })
    }
  }, [ask, link])
  // Another language is another answer of the server, so it is asked again.
  useEffect(() => void open(), [open])

  const ended = (error: unknown) => {
    if (isFailure(error) && error.status === 401) return void open()
    const over = isFailure(error) && ['guest.withdrawn', 'guest.expired', 'guest.sponsor_gone'].includes(error.code)
    if (over) setPlace({ at: 'shut', why: ask.reason(error), retry: false })
  }
  return (
    <div className="gu-app">
      <header className="gu-top">
        <strong>{place.at === 'inside' ? place.page.company : t('brand')}</strong>
        <button
          type="button"
          className="gu-quiet"
          title={t('otherHint')}
          onClick={() => setLang(lang === 'zh' ? 'en' : 'zh')}
        >
          {t('other')}
        </button>
      </header>
      {place.at === 'opening' && (
        <p role="status" className="gu-card gu-soft">
          {t('loading')}
        </p>
      )}
      {place.at === 'left' && (
        <p role="status" className="gu-card">
          {t('left')}
        </p>
      )}
      {place.at === 'shut' && (
        <main className="gu-card" role="alert">
          <p>{place.why}</p>
          {place.retry && (
            <button type="button" className="gu-button" onClick={() => void open()}>
              {t('retry')}
            </button>
          )}
        </main>
      )}
      {place.at === 'door' && <Door ask={ask} door={place.door} link={link} onIn={() => void open()} onEnd={ended} />}
      {place.at === 'inside' && (
        <Inside
          ask={ask}
          door={place.door}
          page={place.page}
          onPage={page => setPlace({ ...place, page })}
          onEnd={ended}
          onLeft={() => setPlace({ at: 'left' })}
        />
      )}
    </div>
  )
}
