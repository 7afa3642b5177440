// My account: who I am here, language and appearance, password, where I am signed in, API tokens.
import { DeleteOutlined, LogoutOutlined, PlusOutlined } from '@ant-design/icons'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useClient } from '@yingzao/platform/client/react'
import { App, Button, Input, Segmented } from 'antd'
import { type FormEvent, useId, useState } from 'react'
import { useMeta } from '../data/meta.ts'
import { useSay } from '../data/say.ts'
import { FieldEditor } from '../field/editor.tsx'
import { MessageWishes } from '../inbox/wishes.tsx'
import { useFormats, useLabel, useText } from '../text/language.tsx'
import { Feeds } from './account-feeds.tsx'
import { text } from './account-text.ts'
import { PasswordForm } from './new-password.tsx'
import { PageHeader } from './page-header.tsx'
import { initials, usePreferences, useSignOut } from './person-menu.tsx'
import { text as shellText } from './text.ts'
import '../form/form.css'
import './account.css'

export function Account() {
  const t = useText(text)
  const s = useText(shellText)
  const label = useLabel()
  const { me, roles } = useMeta()
  const preferences = usePreferences()
  const signOut = useSignOut()
  return (
    <>
      <PageHeader
        title={s('account')}
        actions={
          <Button icon={<LogoutOutlined aria-hidden="true" />} onClick={() => void signOut()}>
            {s('signOut')}
          </Button>
        }
      />
      <div className="yz-account">
        <section className="yz-section">
          <div className="yz-flex">
            <span className="yz-avatar yz-avatar-large" aria-hidden="true">
              {initials(me.name)}
            </span>
            <div className="yz-grow">
              <h2>{me.name}</h2>
              <div className="yz-faint">
                {me.login}
                {me.company && ` · ${me.company.name}`}
              </div>
            </div>
          </div>
          <h3 className="yz-gap">{t('roles')}</h3>
          {me.roles.length === 0 ? (
            <p className="yz-faint">{t('noRoles')}</p>
          ) : (
            <ul className="yz-stack">
              {me.roles.map(held => {
                const role = roles[held.role]
                return (
                  <li key={`${held.role} ${held.at.id}`}>
                    {role ? label(role.label) : held.role} <span className="yz-faint">{held.at.name}</span>
                  </li>
                )
              })}
            </ul>
          )}
        </section>
        <section className="yz-section">
          <h2>{t('preferences')}</h2>
          <div className="yz-fields">
            <div className="yz-field">
              <span className="yz-label" id="yz-lang">
                {s('language')}
              </span>
              <div>
                <Segmented
                  aria-labelledby="yz-lang"
                  value={preferences.lang}
                  options={[
                    { value: 'zh' as const, label: <span lang="zh-CN">中文</span> },
                    { value: 'en' as const, label: <span lang="en">English</span> },
                  ]}
                  onChange={preferences.setLang}
                />
              </div>
            </div>
            <div className="yz-field">
              <span className="yz-label" id="yz-theme">
                {s('theme')}
              </span>
              <div>
                <Segmented
                  aria-labelledby="yz-theme"
                  value={preferences.choice}
                  options={(['light', 'dark', 'system'] as const).map(choice => ({ value: choice, label: s(choice) }))}
                  onChange={preferences.setTheme}
                />
              </div>
            </div>
          </div>
        </section>
        <section className="yz-section">
          <h2>{t('password')}</h2>
          <PasswordForm onDone={() => {}} />
        </section>
        <MessageWishes />
        <Sessions />
        <Feeds />
        <Tokens />
      </div>
    </>
  )
}

function Sessions() {
  const t = useText(text)
  const say = useSay()
  const formats = useFormats()
  const client = useClient()
  const cache = useQueryClient()
  const sessions = useQuery({ queryKey: ['yz', 'sessions'], queryFn: () => client.session.list() })
  const end = async (work: Promise<void>) => {
    try {
      await work
      say.good(t('ended'))
    } catch (error) {
      say.bad(error)
    }
    await cache.invalidateQueries({ queryKey: ['yz', 'sessions'] })
  }
  const rows = sessions.data ?? []
  return (
    <section className="yz-section">
      <div className="yz-flex">
        <h2 className="yz-grow">{t('sessions')}</h2>
        {rows.length > 1 && <Button onClick={() => void end(client.session.revokeOthers())}>{t('endOthers')}</Button>}
      </div>
      <ul className="yz-item-rows">
        {rows.map(row => (
          <li key={row.id}>
            <span className="yz-grow">
              <span className="yz-block yz-clip">{row.device}</span>
              <span className="yz-faint yz-figure">
                {row.address} · {row.current ? t('thisDevice') : t('seen', { time: formats.ago(row.seen_at) })}
              </span>
            </span>
            {!row.current && (
              <Button danger size="small" onClick={() => void end(client.session.revoke(row.id))}>
                {t('end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

const inDays = (days: number) => {
  const at = new Date(Date.now() + days * 86_400_000)
  return at.toISOString().slice(0, 10)
}

function Tokens() {
  const t = useText(text)
  const say = useSay()
  const formats = useFormats()
  const client = useClient()
  const cache = useQueryClient()
  const { modal } = App.useApp()
  const tokens = useQuery({ queryKey: ['yz', 'tokens'], queryFn: () => client.tokens.list() })
  const [name, setName] = useState('')
  const [expires, setExpires] = useState(() => inDays(90))
  const [scopes, setScopes] = useState('')
  const [made, setMade] = useState<string | null>(null)
  const ids = { name: useId(), expires: useId(), scopes: useId(), hint: useId() }
  const again = () => cache.invalidateQueries({ queryKey: ['yz', 'tokens'] })
  const create = async (event: FormEvent) => {
    event.preventDefault()
    const narrowed = scopes.split(/[\s,]+/).filter(Boolean)
    try {
      const answer = await client.tokens.create({
        name: name.trim(),
        expires_on: expires,
        ...(narrowed.length ? { scopes: narrowed } : {}),
      })
      setMade(answer.token)
      setName('')
      setScopes('')
      await again()
    } catch (error) {
      say.bad(error)
    }
  }
  const revoke = (id: string, tokenName: string) =>
    void modal.confirm({
      title: t('revokeTitle', { name: tokenName }),
      content: t('revokeDetail'),
      okText: t('revoke'),
      okButtonProps: { danger: true },
      onOk: async () => {
        try {
          await client.tokens.revoke(id)
          await again()
        } catch (error) {
          say.bad(error)
        }
      },
    })
  return (
    <section className="yz-section">
      <h2>{t('tokens')}</h2>
      <p className="yz-faint">
        {t('tokensDetail')}{' '}
        <a className="yz-link" href="/api/docs" target="_blank" rel="noreferrer">
          {t('apiDocs')}
        </a>
      </p>
      {made && (
        <div className="yz-token" role="status">
          <p>{t('copyNow')}</p>
          <div className="yz-flex">
            <code className="yz-code yz-grow">{made}</code>
            <Button onClick={() => void navigator.clipboard.writeText(made).then(() => say.good(t('copied')), say.bad)}>
              {t('copy')}
            </Button>
          </div>
        </div>
      )}
      <ul className="yz-item-rows">
        {(tokens.data ?? []).map(token => (
          <li key={token.id}>
            <span className="yz-grow">
              <span className="yz-block yz-clip">{token.name}</span>
              <span className="yz-faint yz-figure">
                {token.scopes ? token.scopes.join(' ') : t('allRights')} · {t('expiresOn', { date: token.expires_on })}{' '}
                · {token.used_at ? t('used', { time: formats.ago(token.used_at) }) : t('neverUsed')}
              </span>
            </span>
            <Button
              danger
              size="small"
              icon={<DeleteOutlined aria-hidden="true" />}
              aria-label={`${t('revoke')} ${token.name}`}
              onClick={() => revoke(token.id, token.name)}
            />
          </li>
        ))}
      </ul>
      <form className="yz-fields yz-gap" onSubmit={event => void create(event)}>
        <div className="yz-field">
          <label className="yz-label" htmlFor={ids.name}>
            {t('tokenName')}
          </label>
          <Input id={ids.name} value={name} maxLength={60} onChange={event => setName(event.target.value)} />
        </div>
        <div className="yz-field">
          <label className="yz-label" htmlFor={ids.expires}>
            {t('expires')}
          </label>
          <FieldEditor
            id={ids.expires}
            field={{
              kind: 'date',
              name: 'expires',
              right: 'edit',
              sortable: false,
              required: true,
              label: { zh: '', en: '' },
            }}
            value={expires}
            onChange={next => setExpires(String(next ?? ''))}
          />
        </div>
        <div className="yz-field">
          <label className="yz-label" htmlFor={ids.scopes}>
            {t('scopes')}
          </label>
          <Input
            id={ids.scopes}
            value={scopes}
            aria-describedby={ids.hint}
            onChange={event => setScopes(event.target.value)}
          />
          <span id={ids.hint} className="yz-hint yz-faint">
            {t('scopesHint')}
          </span>
        </div>
        <div className="yz-field">
          <span className="yz-label" aria-hidden="true">
            &nbsp;
          </span>
          <div>
            <Button htmlType="submit" icon={<PlusOutlined aria-hidden="true" />} disabled={!name.trim() || !expires}>
              {t('createToken')}
            </Button>
          </div>
        </div>
      </form>
    </section>
  )
}
