// The menu at the side: sections of the modules, each opened and closed by its heading. Whoever has few entries sees them all; with
// many only the section of the page is open at first. What somebody opens or closes stays so on this device.
import { BellOutlined, DownOutlined, HomeOutlined, RightOutlined } from '@ant-design/icons'
import { Link, useLocation } from '@tanstack/react-router'
import type { MenuGroup } from '@yingzao/kernel/entity'
import { useState } from 'react'
import { useMeta } from '../data/meta.ts'
import { UnreadCount } from '../inbox/unread-count.tsx'
import { useLabel, useText } from '../text/language.tsx'
import { type MenuSection, menuOf } from './menu-items.ts'
import { text } from './text.ts'

/** More than that do not fit on a screen. */
const few = 24
const kept = 'yingzao.menu.open'
type Open = Readonly<Partial<Record<MenuGroup, boolean>>>

export function Menu({ onPick }: { onPick?: () => void }) {
  const meta = useMeta()
  const t = useText(text)
  const { pathname } = useLocation()
  const [open, setOpen] = useState(readOpen)
  const sections = menuOf(meta)
  const all = sections.reduce((sum, section) => sum + section.items.length, 0) <= few
  const put = (group: MenuGroup, is: boolean) => {
    const next = { ...open, [group]: is }
    setOpen(next)
    localStorage.setItem(kept, JSON.stringify(next))
  }
  const pick = onPick ? { onClick: onPick } : {}
  return (
    <nav className="yz-menu" aria-label={t('menu')}>
      <ul>
        <li>
          <Link to="/" activeOptions={{ exact: true }} {...pick}>
            <HomeOutlined aria-hidden="true" /> {t('home')}
          </Link>
        </li>
        <li>
          <Link to="/inbox" {...pick}>
            <BellOutlined aria-hidden="true" /> {t('inbox')}
            <UnreadCount />
          </Link>
        </li>
      </ul>
      {sections.map(section => {
        const here = section.items.some(({ key }) => pathname === `/${key}` || pathname.startsWith(`/${key}/`))
        const is = open[section.group] ?? (all || here)
        return (
          <Section key={section.group} {...{ section, here, open: is, pick }} onOpen={() => put(section.group, !is)} />
        )
      })}
    </nav>
  )
}

interface Props {
  readonly section: MenuSection
  /** The page is one of its entries. */
  readonly here: boolean
  readonly open: boolean
  readonly onOpen: () => void
  readonly pick: { readonly onClick?: () => void }
}

function Section({ section: { group, label: name, items }, here, open, onOpen, pick }: Props) {
  const label = useLabel()
  const list = `menu-${group}`
  return (
    <section>
      <h2>
        <button type="button" aria-expanded={open} aria-controls={list} data-here={here && !open} onClick={onOpen}>
          {label(name)}
          {open ? <DownOutlined aria-hidden="true" /> : <RightOutlined aria-hidden="true" />}
        </button>
      </h2>
      <ul id={list} hidden={!open}>
        {items.map(item => (
          <li key={item.key}>
            <Link
              to="/$module/$name"
              params={{ module: item.module, name: item.name }}
              activeOptions={{ includeSearch: false }}
              {...pick}
            >
              {label(item.label)}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

function readOpen(): Open {
  try {
    const read: unknown = JSON.parse(localStorage.getItem(kept) ?? '{}')
    return typeof read === 'object' && read !== null ? read : {}
  } catch {
    return {}
  }
}
