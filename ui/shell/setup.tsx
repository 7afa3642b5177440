// First run: company and administrator. People and roles follow in the wizard once signed in (./first-steps.tsx).
import { useQueryClient } from '@tanstack/react-query'
import { isFailure, type SetupState } from '@yingzao/platform/client'
import { keys, useClient } from '@yingzao/platform/client/react'
import { Alert, Button, Input } from 'antd'
import { type FormEvent, useId, useState } from 'react'
import { useSay } from '../data/say.ts'
import { useLanguage, useText } from '../text/language.tsx'
import { words } from '../text/words.ts'
import '../form/form.css'
import { beginFirstSteps } from './first-steps-flag.ts'
import { Doorstep, PasswordInput } from './sign-in.tsx'

const text = words({
  title: { zh: '建立您的公司', en: 'Set up your company' },
  intro: {
    zh: '第 1 步，共 3 步。以下内容以后都可以修改。',
    en: 'Step 1 of 3. Everything here can be changed later.',
  },
  company: { zh: '公司', en: 'Company' },
  companyName: { zh: '公司名称', en: 'Company name' },
  companyCode: { zh: '简码', en: 'Short code' },
  taxId: { zh: '统一社会信用代码', en: 'Tax id' },
  optional: { zh: '选填', en: 'optional' },
  administrator: { zh: '系统管理员', en: 'Administrator' },
  name: { zh: '姓名', en: 'Name' },
  login: { zh: '登录账号', en: 'Account name' },
  password: { zh: '密码', en: 'Password' },
  rule: {
    zh: '至少 10 位，包含大写、小写、数字、符号中的三种',
    en: 'At least 10 characters, three of: upper case, lower case, digits, other signs',
  },
  token: { zh: '安装口令', en: 'Set-up token' },
  tokenHint: { zh: '启动服务的控制台上显示的一次性口令', en: 'Printed once on the console that started the server' },
  start: { zh: '建立公司', en: 'Set up' },
})

export default function Setup({ state }: { state: SetupState }) {
  const t = useText(text)
  const say = useSay()
  const { lang } = useLanguage()
  const client = useClient()
  const cache = useQueryClient()
  const [values, setValues] = useState({ company: '', code: '', tax: '', name: '', login: '', password: '', token: '' })
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const id = useId()
  const set = (name: keyof typeof values) => (value: string) => setValues(before => ({ ...before, [name]: value }))
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setProblem(null)
    try {
      const session = await client.setup.run({
        company: {
          name: values.company.trim(),
          ...(values.code.trim() ? { code: values.code.trim() } : {}),
          ...(values.tax.trim() ? { tax_id: values.tax.trim() } : {}),
        },
        administrator: { login: values.login.trim(), name: values.name.trim(), password: values.password },
        lang,
        ...(state.token_required ? { token: values.token.trim() } : {}),
      })
      beginFirstSteps()
      // Known at once: signing out right after must lead to sign-in, not here again.
      cache.setQueryData(['yz', 'setup'], { needed: false, token_required: false })
      cache.setQueryData(keys.session, session)
    } catch (error) {
      if (!isFailure(error)) throw error
      setProblem(error.problem.errors?.map(each => each.message).join(' ') || say.reason(error))
    } finally {
      setBusy(false)
    }
  }
  const field = (
    name: 'company' | 'code' | 'tax' | 'name' | 'login' | 'token',
    label: string,
    more: { optional?: boolean; hint?: string; autoFocus?: boolean } = {},
  ) => (
    <div className="yz-field">
      <label htmlFor={`${id}-${name}`} className="yz-label">
        {label}
        {more.optional && <span className="yz-faint yz-note">{t('optional')}</span>}
      </label>
      <Input
        id={`${id}-${name}`}
        value={values[name]}
        autoFocus={more.autoFocus ?? false}
        autoComplete={name === 'login' ? 'username' : 'off'}
        required={!more.optional}
        aria-describedby={more.hint ? `${id}-${name}-hint` : undefined}
        onChange={event => set(name)(event.target.value)}
      />
      {more.hint && (
        <span id={`${id}-${name}-hint`} className="yz-hint yz-faint">
          {more.hint}
        </span>
      )}
    </div>
  )
  const ready =
    values.company.trim() &&
    values.name.trim() &&
    values.login.trim() &&
    values.password &&
    (!state.token_required || values.token.trim())
  return (
    <Doorstep title={t('title')} wide>
      <p className="yz-soft">{t('intro')}</p>
      {problem && <Alert type="error" role="alert" title={problem} />}
      <form className="yz-stack" onSubmit={event => void submit(event)}>
        <h2>{t('company')}</h2>
        <div className="yz-fields">
          {field('company', t('companyName'), { autoFocus: true })}
          {field('code', t('companyCode'), { optional: true })}
          {field('tax', t('taxId'), { optional: true })}
        </div>
        <h2 className="yz-gap">{t('administrator')}</h2>
        <div className="yz-fields">
          {field('name', t('name'))}
          {field('login', t('login'))}
          <div className="yz-field">
            <label htmlFor={`${id}-password`} className="yz-label">
              {t('password')}
            </label>
            <PasswordInput
              id={`${id}-password`}
              value={values.password}
              onChange={set('password')}
              autoComplete="new-password"
              describedBy={`${id}-rule`}
            />
            <span id={`${id}-rule`} className="yz-hint yz-faint">
              {t('rule')}
            </span>
          </div>
          {state.token_required && field('token', t('token'), { hint: t('tokenHint') })}
        </div>
        <div className="yz-gap">
          <Button type="primary" htmlType="submit" loading={busy} disabled={!ready}>
            {t('start')}
          </Button>
        </div>
      </form>
    </Doorstep>
  )
}
