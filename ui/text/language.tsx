// The language of the interface: one switch changes every text, format and antd's own words.
import type { Label } from '@yingzao/kernel/entity'
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import { type Formats, formats } from './format.ts'
import { fill, type Values, type Words } from './words.ts'

export type Lang = 'zh' | 'en'

interface Language {
  readonly lang: Lang
  readonly setLang: (lang: Lang) => void
}
const LanguageContext = createContext<Language | null>(null)

const storageKey = 'yingzao.lang'

/** The language chosen on this device, else the browser's: Chinese unless it prefers another. */
export function initialLang(): Lang {
  const kept = localStorage.getItem(storageKey)
  if (kept === 'zh' || kept === 'en') return kept
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en'
}

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [lang, setState] = useState<Lang>(initialLang)
  const setLang = useCallback((next: Lang) => {
    localStorage.setItem(storageKey, next)
    setState(next)
  }, [])
  useEffect(() => {
    document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en'
  }, [lang])
  const value = useMemo(() => ({ lang, setLang }), [lang, setLang])
  return <LanguageContext value={value}>{children}</LanguageContext>
}

export function useLanguage(): Language {
  const language = useContext(LanguageContext)
  if (!language) throw new Error('useLanguage outside LanguageProvider')
  return language
}

export type Text<W extends Words> = <K extends keyof W & string>(
  key: K,
  ...values: keyof Values<W[K]> extends never ? [] : [Values<W[K]>]
) => string

/** The texts of an area in the reader's language: `const t = useText(text); t('rows', { count: 3 })`. */
export function useText<W extends Words>(texts: W): Text<W> {
  const { lang } = useLanguage()
  return useCallback(
    (key, ...values) => {
      const label: Label = texts[key] ?? { zh: key, en: key }
      return values[0] ? fill(label[lang], values[0]) : label[lang]
    },
    [texts, lang],
  )
}

/** A label of the meta in the reader's language. */
export function useLabel(): (label: Label) => string {
  const { lang } = useLanguage()
  return useCallback(label => label[lang], [lang])
}

/** Numbers, money, dates and durations as people here read them. */
export function useFormats(): Formats {
  const { lang } = useLanguage()
  return useMemo(() => formats(lang), [lang])
}
