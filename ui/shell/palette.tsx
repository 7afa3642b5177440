// Ctrl/⌘-K: pages, things to do and records by name, from one input.
import { FileTextOutlined, PlusOutlined, RightOutlined, SettingOutlined } from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import { useSearch } from '@yingzao/platform/client/react'
import { Modal } from 'antd'
import {
  type KeyboardEvent,
  type ReactNode,
  useDeferredValue,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react'
import { entityOf, useMeta } from '../data/meta.ts'
import { whileLate } from '../field/while-late.ts'
import { useLabel, useText } from '../text/language.tsx'
import { menuOf } from './menu-items.ts'
import { keywords, text } from './palette-text.ts'
import { usePreferences, useSignOut } from './person-menu.tsx'
import { text as shellText } from './text.ts'
import './palette.css'

interface Choice {
  readonly key: string
  readonly group: string
  readonly icon: ReactNode
  readonly label: string
  readonly more?: string
  /** All languages, so that either finds it. */
  readonly words: string
  readonly run: () => void
}

/** Every word typed must occur. */
const matches = (words: string, typed: string) => typed.split(/\s+/).every(part => words.includes(part))

export default function Palette({ onClose }: { onClose: () => void }) {
  const meta = useMeta()
  const t = useText(text)
  const s = useText(shellText)
  const label = useLabel()
  const navigate = useNavigate()
  const preferences = usePreferences()
  const signOut = useSignOut()
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const asked = useDeferredValue(typed.trim())
  const found = useSearch(asked)
  const list = useRef<HTMLDivElement>(null)
  const id = useId()
  const query = typed.trim().toLowerCase()

  const fixed = useMemo<readonly Choice[]>(() => {
    const page = (module: string, name: string) => () =>
      void navigate({ to: '/$module/$name', params: { module, name } })
    const pages = menuOf(meta).flatMap(section =>
      section.items.map(
        (item): Choice => ({
          key: `page ${item.key}`,
          group: t('pages'),
          icon: <RightOutlined aria-hidden="true" />,
          label: label(item.label),
          more: label(section.label),
          words: `${item.label.zh} ${item.label.en} ${section.label.zh} ${section.label.en}`.toLowerCase(),
          run: page(item.module, item.name),
        }),
      ),
    )
    const creations = meta.entities
      .filter(entity => entity.can.includes('create') && entity.kind !== 'line' && !entity.internal)
      .map(
        (entity): Choice => ({
          key: `create ${entity.name}`,
          group: t('actions'),
          icon: <PlusOutlined aria-hidden="true" />,
          label: t('create', { name: label(entity.label) }),
          words: `${keywords.create} ${entity.label.zh} ${entity.label.en}`.toLowerCase(),
          run: () =>
            void navigate({
              to: '/$module/$name/$id',
              params: { module: entity.module, name: entity.name, id: 'new' },
            }),
        }),
      )
    const own: readonly (readonly [keyof typeof keywords, string, () => void])[] = [
      ['home', s('home'), () => void navigate({ to: '/' })],
      ['account', s('account'), () => void navigate({ to: '/account' })],
      ['lang', t('toOther'), () => preferences.setLang(preferences.lang === 'zh' ? 'en' : 'zh')],
      ['light', t('toLight'), () => preferences.setTheme('light')],
      ['dark', t('toDark'), () => preferences.setTheme('dark')],
      ['system', t('toSystem'), () => preferences.setTheme('system')],
      ['out', s('signOut'), () => void signOut()],
    ]
    const settings = own.map(
      ([key, name, run]): Choice => ({
        key,
        group: t('actions'),
        icon: <SettingOutlined aria-hidden="true" />,
        label: name,
        words: `${keywords[key]} ${name}`.toLowerCase(),
        run,
      }),
    )
    return [...pages, ...creations, ...settings]
  }, [meta, t, s, label, navigate, preferences, signOut])

  const late = found.isPlaceholderData || asked !== typed.trim()
  const records: readonly Choice[] = query
    ? whileLate(
        late,
        typed,
        (found.data ?? []).map(hit => ({ ...hit, label: hit.title })),
      ).flatMap(hit => {
        const entity = entityOf(meta, hit.entity)
        if (!entity) return []
        return [
          {
            key: `${hit.entity} ${hit.id}`,
            group: t('records'),
            icon: <FileTextOutlined aria-hidden="true" />,
            label: hit.title,
            more: label(entity.label),
            words: '',
            run: () =>
              void navigate({
                to: '/$module/$name/$id',
                params: { module: entity.module, name: entity.name, id: hit.id },
              }),
          },
        ]
      })
    : []
  const commands = query
    ? fixed.filter(choice => matches(choice.words, query)).slice(0, 12)
    : fixed.filter(choice => choice.group === t('pages')).slice(0, 12)
  const choices = [...commands, ...records]
  const active = Math.min(at, Math.max(0, choices.length - 1))
  useEffect(() => {
    list.current?.querySelector(`#${CSS.escape(`${id}-${active}`)}`)?.scrollIntoView({ block: 'nearest' })
  }, [active, id])

  const run = (choice: Choice | undefined) => {
    if (!choice) return
    onClose()
    choice.run()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) {
      event.preventDefault()
      setAt((active + step + choices.length) % Math.max(1, choices.length))
    } else if (event.key === 'Enter') {
      event.preventDefault()
      run(choices[active])
    }
  }
  return (
    <Modal
      open
      footer={null}
      closable={false}
      onCancel={onClose}
      width={560}
      className="yz-palette"
      title={<span className="yz-said">{t('title')}</span>}
    >
      <input
        // biome-ignore lint/a11y/noAutofocus: the palette is opened to type
        autoFocus
        role="combobox"
        aria-label={t('title')}
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={choices.length ? `${id}-${active}` : undefined}
        className="yz-palette-input"
        placeholder={t('placeholder')}
        value={typed}
        onChange={event => {
          setTyped(event.target.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
      />
      <span role="status" className="yz-said">
        {t('results', { count: choices.length })}
      </span>
      <div ref={list} id={`${id}-list`} role="listbox" aria-label={t('title')} className="yz-palette-list">
        {choices.map((choice, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys are heard by the input
          <div
            key={choice.key}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            className="yz-palette-choice"
            onMouseMove={() => setAt(index)}
            onClick={() => run(choice)}
          >
            {choice.group !== choices[index - 1]?.group && <div className="yz-palette-group">{choice.group}</div>}
            <div className="yz-palette-line">
              <span className="yz-faint" aria-hidden="true">
                {choice.icon}
              </span>
              <span className="yz-clip yz-grow">{choice.label}</span>
              {choice.more && <span className="yz-faint">{choice.more}</span>}
            </div>
          </div>
        ))}
      </div>
      {query && choices.length === 0 && (
        <p className="yz-palette-none yz-faint">
          {late || found.isFetching ? t('searching') : t('nothing', { words: typed.trim() })}
        </p>
      )}
      <p className="yz-palette-hint yz-faint">{t('hint')}</p>
    </Modal>
  )
}
