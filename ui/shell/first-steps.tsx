// Steps 2 and 3 of the first run: bring in the people, give them their roles. Each may be skipped and done later.
import { useQueryClient } from '@tanstack/react-query'
import { keys, useClient, useList } from '@yingzao/platform/client/react'
import { Button, Select, Steps } from 'antd'
import { useState } from 'react'
import { entityOf, useMeta } from '../data/meta.ts'
import { useSay } from '../data/say.ts'
import { ImportPanel } from '../exchange/import-panel.tsx'
import { useLabel, useText } from '../text/language.tsx'
import { words } from '../text/words.ts'
import { endFirstSteps } from './first-steps-flag.ts'
import { Doorstep } from './sign-in.tsx'

const text = words({
  title: { zh: '欢迎使用营造', en: 'Welcome to Yingzao' },
  company: { zh: '公司', en: 'Company' },
  people: { zh: '人员', en: 'People' },
  roles: { zh: '角色', en: 'Roles' },
  peopleIntro: {
    zh: '从 Excel 复制或导入同事名单：姓名、账号、手机、部门等。以后也可以在“组织”中添加。',
    en: 'Copy or import your colleagues from Excel: name, account, phone, department. More can be added later under “Organisation”.',
  },
  rolesIntro: {
    zh: '给每个人选择角色，决定能看什么、能做什么。以后随时可以调整。',
    en: 'Choose a role for each person: it decides what they see and do. It can be changed at any time.',
  },
  noPeople: {
    zh: '还没有导入同事，可以先完成，以后再分配角色。',
    en: 'No colleagues yet: finish now and give roles later.',
  },
  next: { zh: '下一步', en: 'Next' },
  skip: { zh: '跳过', en: 'Skip' },
  back: { zh: '上一步', en: 'Back' },
  finish: { zh: '保存并完成', en: 'Save and finish' },
  person: { zh: '姓名', en: 'Name' },
  role: { zh: '角色', en: 'Role' },
  noRole: { zh: '暂不分配', en: 'None for now' },
})

export default function FirstSteps({ onEnd }: { onEnd: () => void }) {
  const t = useText(text)
  const meta = useMeta()
  const [step, setStep] = useState(1)
  const user = entityOf(meta, 'user')
  const end = () => {
    endFirstSteps()
    onEnd()
  }
  return (
    <Doorstep title={t('title')} wide>
      <Steps
        size="small"
        current={step}
        items={[{ title: t('company') }, { title: t('people') }, { title: t('roles') }]}
      />
      {step === 1 ? (
        <>
          <p className="yz-soft">{t('peopleIntro')}</p>
          {user && <ImportPanel entity={user} />}
          <div className="yz-flex">
            <Button type="primary" onClick={() => setStep(2)}>
              {t('next')}
            </Button>
            <Button type="text" onClick={end}>
              {t('skip')}
            </Button>
          </div>
        </>
      ) : (
        <RoleStep onBack={() => setStep(1)} onEnd={end} />
      )}
    </Doorstep>
  )
}

function RoleStep({ onBack, onEnd }: { onBack: () => void; onEnd: () => void }) {
  const t = useText(text)
  const label = useLabel()
  const say = useSay()
  const meta = useMeta()
  const client = useClient()
  const cache = useQueryClient()
  const people = useList('user', { limit: 500, fields: ['name', 'login'] }, { live: false })
  const known = useList('role', { limit: 200, fields: ['code', 'label_zh', 'label_en'] }, { live: false })
  const [chosen, setChosen] = useState<Readonly<Record<string, string>>>({})
  const [busy, setBusy] = useState(false)
  const colleagues = people.items.filter(person => person.id !== meta.me.id)
  const roleName = (role: { readonly label_zh: string; readonly label_en: string }) =>
    label({ zh: role.label_zh, en: role.label_en })
  const finish = async () => {
    const company = meta.me.company
    if (!company) return onEnd()
    setBusy(true)
    try {
      const steps = Object.entries(chosen)
        .filter(([, role]) => role !== '')
        .map(([user, role]) => ({
          op: 'create' as const,
          entity: 'role_holding',
          input: { user, role, at_kind: 'company', at_id: company.id },
        }))
      if (steps.length) await client.batch(steps)
      await cache.invalidateQueries({ queryKey: keys.entity('role_holding') })
      onEnd()
    } catch (error) {
      say.bad(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <p className="yz-soft">{t('rolesIntro')}</p>
      {!people.isPending && colleagues.length === 0 && <p>{t('noPeople')}</p>}
      {colleagues.length > 0 && (
        <div className="yz-scroll-x yz-first-people">
          <table className="yz-plain-table">
            <thead>
              <tr>
                <th scope="col">{t('person')}</th>
                <th scope="col">{t('role')}</th>
              </tr>
            </thead>
            <tbody>
              {colleagues.map(person => (
                <tr key={person.id}>
                  <th scope="row">
                    {String(person.name ?? '')} <span className="yz-faint">{String(person.login ?? '')}</span>
                  </th>
                  <td>
                    <Select
                      className="yz-import-field"
                      aria-label={`${t('role')}: ${String(person.name ?? '')}`}
                      value={chosen[person.id] ?? ''}
                      options={[
                        { value: '', label: t('noRole') },
                        ...known.items.map(role => ({ value: role.id, label: roleName(role) })),
                      ]}
                      onChange={role => setChosen({ ...chosen, [person.id]: role })}
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <div className="yz-flex">
        <Button type="primary" loading={busy} onClick={() => void finish()}>
          {t('finish')}
        </Button>
        <Button disabled={busy} onClick={onBack}>
          {t('back')}
        </Button>
      </div>
    </>
  )
}
