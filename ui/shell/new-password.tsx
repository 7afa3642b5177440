// A new password: demanded at the first sign-in, or changed on my account's page.
import { useQueryClient } from '@tanstack/react-query'
import { isFailure } from '@yingzao/platform/client'
import { keys, useClient } from '@yingzao/platform/client/react'
import { Alert, Button } from 'antd'
import { type FormEvent, useId, useState } from 'react'
import { useSay } from '../data/say.ts'
import { useText } from '../text/language.tsx'
import { words } from '../text/words.ts'
import { useSignOut } from './person-menu.tsx'
import { Doorstep, PasswordInput } from './sign-in.tsx'
import { text as shellText } from './text.ts'

const text = words({
  current: { zh: '当前密码', en: 'Current password' },
  next: { zh: '新密码', en: 'New password' },
  again: { zh: '再输入一次', en: 'Repeat it' },
  differ: { zh: '两次输入的新密码不一致', en: 'The two new passwords differ' },
  change: { zh: '设置新密码', en: 'Set the new password' },
  changed: { zh: '密码已更新', en: 'Password changed' },
  rule: {
    zh: '至少 10 位，包含大写、小写、数字、符号中的三种',
    en: 'At least 10 characters, three of: upper case, lower case, digits, other signs',
  },
})

export function PasswordForm({ onDone }: { onDone: () => void }) {
  const t = useText(text)
  const say = useSay()
  const client = useClient()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [again, setAgain] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const ids = { current: useId(), next: useId(), again: useId(), rule: useId() }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (next !== again) return setProblem(t('differ'))
    setBusy(true)
    setProblem(null)
    try {
      await client.session.changePassword(current, next)
      setCurrent('')
      setNext('')
      setAgain('')
      say.good(t('changed'))
      onDone()
    } catch (error) {
      if (!isFailure(error)) throw error
      setProblem(error.problem.errors?.[0]?.message ?? say.reason(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <form className="yz-stack" onSubmit={event => void submit(event)}>
      {problem && <Alert type="error" role="alert" title={problem} />}
      <label htmlFor={ids.current}>{t('current')}</label>
      <PasswordInput id={ids.current} value={current} onChange={setCurrent} autoComplete="current-password" />
      <label htmlFor={ids.next}>{t('next')}</label>
      <PasswordInput id={ids.next} value={next} onChange={setNext} autoComplete="new-password" describedBy={ids.rule} />
      <span id={ids.rule} className="yz-hint yz-faint">
        {t('rule')}
      </span>
      <label htmlFor={ids.again}>{t('again')}</label>
      <PasswordInput id={ids.again} value={again} onChange={setAgain} autoComplete="new-password" />
      <div>
        <Button type="primary" htmlType="submit" loading={busy} disabled={!current || !next || !again}>
          {t('change')}
        </Button>
      </div>
    </form>
  )
}

export default function NewPassword() {
  const t = useText(shellText)
  const cache = useQueryClient()
  const signOut = useSignOut()
  return (
    <Doorstep title={t('mustChange')}>
      <p className="yz-soft">{t('mustChangeDetail')}</p>
      <PasswordForm onDone={() => void cache.invalidateQueries({ queryKey: keys.session })} />
      <Button type="text" onClick={() => void signOut()}>
        {t('signOut')}
      </Button>
    </Doorstep>
  )
}
