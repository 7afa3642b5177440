// The frame of the app: grouped menu at the side (a drawer and bottom tabs on a phone), the page, what floats above.
import {
  AppstoreOutlined,
  BellOutlined,
  HomeOutlined,
  MenuFoldOutlined,
  MenuUnfoldOutlined,
  SearchOutlined,
  UserOutlined,
} from '@ant-design/icons'
import { Link, Outlet, useLocation, useRouter } from '@tanstack/react-router'
import { useClient } from '@yingzao/platform/client/react'
import { Button, Drawer } from 'antd'
import { lazy, Suspense, useEffect, useLayoutEffect, useState } from 'react'
import { useMeta } from '../data/meta.ts'
import { UnreadCount } from '../inbox/unread-count.tsx'
import { useText } from '../text/language.tsx'
import { usePhone } from '../theme/mode.tsx'
import { LineBanner } from './banner.tsx'
import { ErrorBoundary } from './boundary.tsx'
import { DemoNote } from './demo-note.tsx'
import { Menu } from './menu.tsx'
import { Waiting } from './notice.tsx'
import { PersonMenu } from './person-menu.tsx'
import { Mark } from './sign-in.tsx'
import { text } from './text.ts'

const loadPalette = () => import('./palette.tsx')
const Palette = lazy(loadPalette)

const isMac = /mac|iphone|ipad/i.test(navigator.userAgent)
export const commandKey = isMac ? '⌘K' : 'Ctrl K'

function PhoneTabs({ onMenu, onSearch }: { onMenu: () => void; onSearch: () => void }) {
  const t = useText(text)
  return (
    <nav className="yz-tabs-bottom" aria-label={t('product')}>
      <Link to="/" activeOptions={{ exact: true }}>
        <HomeOutlined aria-hidden="true" />
        {t('home')}
      </Link>
      <Link to="/inbox">
        <span className="yz-tab-icon">
          <BellOutlined aria-hidden="true" />
          <UnreadCount />
        </span>
        {t('inbox')}
      </Link>
      <button type="button" onClick={onMenu}>
        <AppstoreOutlined aria-hidden="true" />
        {t('menu')}
      </button>
      <button type="button" onClick={onSearch}>
        <SearchOutlined aria-hidden="true" />
        {t('search')}
      </button>
      <Link to="/account">
        <UserOutlined aria-hidden="true" />
        {t('me')}
      </Link>
    </nav>
  )
}

const keptFolded = 'yingzao.menu.folded'
const keptPush = 'yingzao.push'

export function Frame() {
  const meta = useMeta()
  const t = useText(text)
  const phone = usePhone()
  const { pathname } = useLocation()
  const router = useRouter()
  const client = useClient()
  const [folded, setFolded] = useState(() => localStorage.getItem(keptFolded) === '1')
  const [drawer, setDrawer] = useState(false)
  const [palette, setPalette] = useState(false)

  useLayoutEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault()
        setPalette(open => !open)
      }
    }
    window.addEventListener('keydown', hear)
    return () => window.removeEventListener('keydown', hear)
  }, [])

  // Fetched while nothing else happens, so that what is typed right after Ctrl+K is not lost.
  useEffect(() => {
    const timer = setTimeout(() => void loadPalette(), 1500)
    return () => clearTimeout(timer)
  }, [])

  // Fetched only where push was switched on.
  useEffect(() => {
    if (localStorage.getItem(keptPush) === null) return
    const attending = import('../inbox/push-here.ts')
    void attending.then(({ attend }) => attend(client, meta.me.id, path => router.history.push(path))).catch(() => {})
  }, [client, router, meta.me.id])

  const fold = (next: boolean) => {
    setFolded(next)
    localStorage.setItem(keptFolded, next ? '1' : '0')
  }
  const company = meta.me.company?.name

  return (
    <div className={`yz-frame${folded ? ' yz-folded' : ''}`}>
      <a className="yz-skip" href="#content">
        {t('skip')}
      </a>
      {!phone && !folded && (
        <aside className="yz-side">
          <div className="yz-side-head">
            <Mark compact />
            <Button
              type="text"
              size="small"
              icon={<MenuFoldOutlined aria-hidden="true" />}
              aria-label={t('hideMenu')}
              title={t('hideMenu')}
              onClick={() => fold(true)}
            />
          </div>
          {company && <div className="yz-company yz-clip">{company}</div>}
          <button type="button" className="yz-search-button" onClick={() => setPalette(true)}>
            <SearchOutlined aria-hidden="true" />
            <span className="yz-grow">{t('searchHint')}</span>
            <kbd>{commandKey}</kbd>
          </button>
          <Menu />
          <PersonMenu />
        </aside>
      )}
      <div className="yz-page">
        <LineBanner />
        {meta.product.demo && <DemoNote />}
        {!phone && folded && (
          <div className="yz-unfold">
            <Button
              type="text"
              size="small"
              icon={<MenuUnfoldOutlined aria-hidden="true" />}
              aria-label={t('showMenu')}
              title={t('showMenu')}
              onClick={() => fold(false)}
            />
          </div>
        )}
        <main id="content" tabIndex={-1}>
          <ErrorBoundary resetKey={pathname}>
            <Suspense fallback={<Waiting />}>
              <Outlet />
            </Suspense>
          </ErrorBoundary>
        </main>
      </div>
      {phone && <PhoneTabs onMenu={() => setDrawer(true)} onSearch={() => setPalette(true)} />}
      {phone && (
        <Drawer
          open={drawer}
          placement="left"
          size="80%"
          title={<Mark compact />}
          onClose={() => setDrawer(false)}
          styles={{ body: { padding: 0 } }}
        >
          <Menu onPick={() => setDrawer(false)} />
        </Drawer>
      )}
      {palette && (
        <Suspense fallback={null}>
          <Palette onClose={() => setPalette(false)} />
        </Suspense>
      )}
    </div>
  )
}
