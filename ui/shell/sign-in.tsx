// Signing in.
import { useQueryClient } from '@tanstack/react-query'
import { type Failure, isFailure } from '@yingzao/platform/client'
import { keys, useClient } from '@yingzao/platform/client/react'
import { Alert, Button, Input } from 'antd'
import { type FormEvent, type KeyboardEvent, type ReactNode, useId, useState } from 'react'
import { useLanguage, useText } from '../text/language.tsx'
import { leftByChoice } from './person-menu.tsx'
import { text } from './text.ts'

/** The page around set-up, sign-in and new password: product, language, one card. */
export function Doorstep({ title, children, wide }: { title: string; children: ReactNode; wide?: boolean }) {
  const t = useText(text)
  const { lang, setLang } = useLanguage()
  return (
    <div className="yz-doorstep">
      <header>
        <Mark />
        <span className="yz-grow" />
        <Button type="text" lang={lang === 'zh' ? 'en' : 'zh-CN'} onClick={() => setLang(lang === 'zh' ? 'en' : 'zh')}>
          {t('otherLanguage')}
        </Button>
      </header>
      <main className={wide ? 'yz-card yz-card-wide' : 'yz-card'}>
        <h1>{title}</h1>
        {children}
      </main>
    </div>
  )
}

export function Mark({ compact }: { compact?: boolean }) {
  const t = useText(text)
  return (
    <span className="yz-mark">
      <svg viewBox="0 0 32 32" aria-hidden="true">
        <rect width="32" height="32" rx="6" fill="var(--accent)" />
        <path
          fill="var(--on-accent)"
          d="M4 11 16 5l12 6v2H4zM6 15h20v2H6zM8 19h4v8H8zM20 19h4v8h-4zM14 19h4v2h-4zM4 27h24v1H4z"
        />
      </svg>
      <strong>{t('product')}</strong>
      {!compact && <span className="yz-faint">{t('tagline')}</span>}
    </span>
  )
}

/** A password input that tells of Caps Lock. */
export function PasswordInput(props: {
  id: string
  value: string
  onChange: (value: string) => void
  autoComplete: 'current-password' | 'new-password'
  invalid?: boolean
  describedBy?: string
  large?: boolean
}) {
  const t = useText(text)
  const [caps, setCaps] = useState(false)
  const hint = useId()
  const look = (event: KeyboardEvent) => setCaps(event.getModifierState('CapsLock'))
  return (
    <>
      <Input.Password
        id={props.id}
        size={props.large ? 'large' : 'middle'}
        value={props.value}
        autoComplete={props.autoComplete}
        aria-describedby={[caps ? hint : '', props.describedBy ?? ''].join(' ').trim() || undefined}
        {...(props.invalid ? { status: 'error' as const, 'aria-invalid': true } : {})}
        onChange={event => props.onChange(event.target.value)}
        onKeyDown={look}
        onKeyUp={look}
        onBlur={() => setCaps(false)}
      />
      <span id={hint} role="status" className="yz-hint yz-warn">
        {caps ? t('capsLock') : ''}
      </span>
    </>
  )
}

export function SignIn({ ended }: { ended: boolean }) {
  const t = useText(text)
  const client = useClient()
  const cache = useQueryClient()
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const [failure, setFailure] = useState<Failure | null>(null)
  const [busy, setBusy] = useState(false)
  const ids = { login: useId(), password: useId(), problem: useId() }

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setFailure(null)
    try {
      const session = await client.session.signIn(login.trim(), password)
      cache.removeQueries({ queryKey: keys.meta })
      cache.removeQueries({ queryKey: leftByChoice })
      cache.setQueryData(keys.session, session)
    } catch (error) {
      if (!isFailure(error)) throw error
      setFailure(error)
      setPassword('')
      document.getElementById(ids.password)?.focus()
    } finally {
      setBusy(false)
    }
  }
  return (
    <Doorstep title={t('signIn')}>
      {ended && !failure && <Alert type="info" title={t('sessionEnded')} />}
      {failure && (
        <div id={ids.problem}>
          <Alert
            type="error"
            role="alert"
            title={failure.code === 'client.offline' ? t('offline') : failure.problem.detail || failure.problem.title}
          />
        </div>
      )}
      <form onSubmit={event => void submit(event)} className="yz-stack">
        <label htmlFor={ids.login}>{t('login')}</label>
        <Input
          id={ids.login}
          size="large"
          autoFocus
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          value={login}
          onChange={event => setLogin(event.target.value)}
        />
        <label htmlFor={ids.password}>{t('password')}</label>
        <PasswordInput
          id={ids.password}
          value={password}
          onChange={setPassword}
          autoComplete="current-password"
          large
          invalid={failure !== null && failure.status === 401}
          describedBy={failure ? ids.problem : ''}
        />
        <Button
          type="primary"
          htmlType="submit"
          size="large"
          block
          loading={busy}
          disabled={!login.trim() || !password}
        >
          {busy ? t('signingIn') : t('signIn')}
        </Button>
      </form>
      <p className="yz-faint">{t('closedSignUp')}</p>
    </Doorstep>
  )
}
