// Who I am, and what I set for myself: language, appearance, account, signing out.
import { LogoutOutlined, UserOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { keys, useClient } from '@yingzao/platform/client/react'
import { Dropdown } from 'antd'
import { useMeta } from '../data/meta.ts'
import { type Lang, useLanguage, useText } from '../text/language.tsx'
import { type ThemeChoice, useTheme } from '../theme/mode.tsx'
import { text } from './text.ts'

/** Sets language or appearance here at once and on my profile for my other devices. */
export function usePreferences() {
  const client = useClient()
  const cache = useQueryClient()
  const { lang, setLang } = useLanguage()
  const { choice, setChoice } = useTheme()
  return {
    lang,
    choice,
    setLang: (next: Lang) => {
      setLang(next)
      // Names that the server gives in one language only are asked for again once it knows.
      void client.session.update({ lang: next }).then(() => cache.invalidateQueries())
    },
    setTheme: (next: ThemeChoice) => {
      setChoice(next)
      void client.session.update({ theme: next })
    },
  }
}

/** Cache key: true after signing out by hand, until the next sign-in. */
export const leftByChoice = ['yz', 'left']

export function useSignOut() {
  const client = useClient()
  const cache = useQueryClient()
  return async () => {
    await client.session.signOut()
    client.live.close()
    // By choice: sign-in must not say that the session ran out.
    cache.setQueryData(leftByChoice, true)
    cache.setQueryData(keys.session, null)
  }
}

export const initials = (name: string) => {
  const letters = [...name.trim()]
  const first = letters[0] ?? '?'
  return /[\u4e00-\u9fff]/.test(first) ? letters.slice(-2).join('') : first.toUpperCase()
}

export function PersonMenu() {
  const { me } = useMeta()
  const t = useText(text)
  const preferences = usePreferences()
  const signOut = useSignOut()
  const navigate = useNavigate()
  return (
    <Dropdown
      trigger={['click']}
      placement="topLeft"
      menu={{
        selectable: true,
        selectedKeys: [`lang:${preferences.lang}`, `theme:${preferences.choice}`],
        items: [
          { key: 'account', icon: <UserOutlined aria-hidden="true" />, label: t('account') },
          { type: 'divider' },
          {
            type: 'group',
            label: t('language'),
            children: [
              { key: 'lang:zh', label: <span lang="zh-CN">中文</span> },
              { key: 'lang:en', label: <span lang="en">English</span> },
            ],
          },
          {
            type: 'group',
            label: t('theme'),
            children: (['light', 'dark', 'system'] as const).map(choice => ({
              key: `theme:${choice}`,
              label: t(choice),
            })),
          },
          { type: 'divider' },
          { key: 'out', icon: <LogoutOutlined aria-hidden="true" />, label: t('signOut') },
        ],
        onClick: ({ key }) => {
          if (key === 'account') void navigate({ to: '/account' })
          else if (key === 'out') void signOut()
          else if (key === 'lang:zh' || key === 'lang:en') preferences.setLang(key === 'lang:zh' ? 'zh' : 'en')
          else if (key === 'theme:light') preferences.setTheme('light')
          else if (key === 'theme:dark') preferences.setTheme('dark')
          else if (key === 'theme:system') preferences.setTheme('system')
        },
      }}
    >
      <button type="button" className="yz-person">
        <span className="yz-avatar" aria-hidden="true">
          {initials(me.name)}
        </span>
        <span className="yz-clip yz-grow">{me.name}</span>
      </button>
    </Dropdown>
  )
}
