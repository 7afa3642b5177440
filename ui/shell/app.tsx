// The app around everything: language, theme, client, cache; then set-up, sign-in or the frame.
import { RouterProvider } from '@tanstack/react-router'
import { createClient } from '@yingzao/platform/client'
import { ClientProvider, createQueryClient, keys } from '@yingzao/platform/client/react'
import { App as AntdApp, ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import { type ReactNode, useMemo } from 'react'
import type { ModulePages } from '../pages.ts'
import { type Lang, LanguageProvider, useLanguage } from '../text/language.tsx'
import { antdTheme } from '../theme/antd.ts'
import { ThemeProvider, useMedia, usePhone, useTheme } from '../theme/mode.tsx'
import '../theme/base.css'
import '../theme/part.css'
import '../theme/frame.css'
import '../theme/phone-tabs.css'
import '../theme/page.css'
import '../theme/doorstep.css'
import { ErrorBoundary } from './boundary.tsx'
import { Gate } from './gate.tsx'
import { ModulePagesProvider } from './module-pages.tsx'
import { makeRouter } from './router.tsx'

/** Read at every request, so that messages of the server follow the switch at once. */
const spoken: { lang: Lang } = { lang: 'zh' }
const queries = createQueryClient()
const client = createClient({
  kind: 'web',
  get lang() {
    return spoken.lang
  },
  // The session ended under our feet: the gate shows sign-in, the page stays where it was.
  onSignedOut: () => queries.setQueryData(keys.session, null),
})
const router = makeRouter()

function Themed({ children }: { children: ReactNode }) {
  const { lang } = useLanguage()
  const { mode } = useTheme()
  const phone = usePhone()
  const still = useMedia('(prefers-reduced-motion: reduce)')
  spoken.lang = lang
  dayjs.locale(lang === 'zh' ? 'zh-cn' : 'en')
  const theme = useMemo(() => antdTheme(mode, phone, still), [mode, phone, still])
  return (
    <ConfigProvider
      locale={lang === 'zh' ? zhCN : enUS}
      theme={theme}
      wave={{ disabled: true }}
      button={{ autoInsertSpace: false }}
      componentSize="middle"
      // Our lists of choices are short; virtual ones would hide their options from screen readers.
      virtual={false}
    >
      <AntdApp className="yz-app" message={{ maxCount: 3, top: 12 }}>
        {children}
      </AntdApp>
    </ConfigProvider>
  )
}

export function App({ pages }: { pages: ModulePages }) {
  return (
    <LanguageProvider>
      <ThemeProvider>
        <Themed>
          <ErrorBoundary>
            <ClientProvider client={client} queries={queries}>
              <ModulePagesProvider pages={pages}>
                <Gate>
                  <RouterProvider router={router} />
                </Gate>
              </ModulePagesProvider>
            </ClientProvider>
          </ErrorBoundary>
        </Themed>
      </ThemeProvider>
    </LanguageProvider>
  )
}
