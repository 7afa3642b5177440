// Beside a user's fields: a new password, shown once, and the hand-over when somebody leaves.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type EntityMeta, f, type Label, type RecordJson } from '@yingzao/kernel/entity'
import { useClient } from '@yingzao/platform/client/react'
import { useMeta } from '@yingzao/ui/data/meta'
import { useSay } from '@yingzao/ui/data/say'
import { InputDialog, inputFields } from '@yingzao/ui/record/verb-bar.tsx'
import { useLabel, useText } from '@yingzao/ui/text/language.tsx'
import { words } from '@yingzao/ui/text/words'
import { App, Button, Typography } from 'antd'
import { useState } from 'react'

const text = words({
  none: { zh: '账号由系统管理员维护。', en: 'Accounts are kept by the administrator.' },
  issue: { zh: '签发新密码', en: 'Issue a password' },
  issueNote: {
    zh: '原密码立即失效，此人的登录全部退出；首次用新密码登录时须自行修改。',
    en: 'The old password stops working and all sessions end; at the next sign-in the person chooses a new one.',
  },
  issued: { zh: '新密码（只显示这一次）', en: 'New password, shown this once' },
  cancel: { zh: '取消', en: 'Cancel' },
  close: { zh: '已转交，关闭', en: 'Passed on, close' },
  handOver: { zh: '离职交接', en: 'Hand over' },
  handOverNote: {
    zh: '账号立即停用；下列职责和任职转给接任人，历史记录保留原姓名。',
    en: 'The login ends at once; what is listed goes to the successor, the history keeps the former name.',
  },
  nothing: { zh: '此人名下没有职责和任职。', en: 'Nothing is in this person’s name.' },
  approvals: { zh: '待审批单据 {count} 张', en: '{count} {count:document|documents} to approve' },
  offices: { zh: '任职与项目成员 {count} 项', en: '{count} {count:role|roles} and memberships' },
  done: { zh: '已交接 {count} 项', en: '{count} handed over' },
})

interface Preview {
  readonly duties: readonly {
    readonly entity: string
    readonly field: string
    readonly entityLabel: Label
    readonly fieldLabel: Label
    readonly count: number
  }[]
  readonly offices: number
  readonly approvals: number
}

const fields = inputFields({
  successor: f.user({ zh: '接任人', en: 'Successor' }, { required: true }),
  left_on: f.date({ zh: '离职日期', en: 'Left on' }),
})
const alphabet = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'

/** 16 characters without look-alikes, in groups that can be read out. */
function newPassword(): string {
  const letters = [...crypto.getRandomValues(new Uint32Array(16))].map(each => alphabet[each % alphabet.length] ?? '')
  return [0, 4, 8, 12].map(at => letters.slice(at, at + 4).join('')).join('-')
}

export default function AccountTab({ record }: { entity: EntityMeta; record: RecordJson }) {
  const t = useText(text)
  const say = useSay()
  const client = useClient()
  const cache = useQueryClient()
  const meta = useMeta()
  const { modal } = App.useApp()
  const [leaving, setLeaving] = useState(false)
  const may = (action: string) => record._can.includes('update') && meta.actions.some(each => each.name === action)
  if (!may('organisation.issue_password')) return <p className="yz-faint">{t('none')}</p>

  const issue = () =>
    void modal.confirm({
      title: t('issue'),
      content: t('issueNote'),
      okText: t('issue'),
      cancelText: t('cancel'),
      onOk: async () => {
        const password = newPassword()
        try {
          await client.perform('organisation.issue_password', { user: record.id, password })
        } catch (error) {
          return say.bad(error)
        }
        void modal.success({
          title: t('issued'),
          content: <Typography.Text copyable={{ text: password }}>{password}</Typography.Text>,
          okText: t('close'),
        })
      },
    })
  return (
    <div className="yz-stack">
      <p className="yz-soft">{t('issueNote')}</p>
      <div>
        <Button onClick={issue}>{t('issue')}</Button>
      </div>
      {record.active === true && (
        <>
          <p className="yz-soft">{t('handOverNote')}</p>
          <Duties leaver={record.id} />
          <div>
            <Button danger onClick={() => setLeaving(true)}>
              {t('handOver')}
            </Button>
          </div>
        </>
      )}
      {leaving && (
        <InputDialog
          title={t('handOver')}
          note={t('handOverNote')}
          fields={fields}
          danger
          onClose={() => setLeaving(false)}
          onSubmit={async values => {
            const { moved } = await client.perform<{ moved: number }>('organisation.hand_over', {
              leaver: record.id,
              ...values,
            })
            await cache.invalidateQueries({ queryKey: ['yz', 'entity'] })
            say.good(t('done', { count: moved }))
            setLeaving(false)
          }}
        />
      )}
    </div>
  )
}

function Duties({ leaver }: { leaver: string }) {
  const t = useText(text)
  const label = useLabel()
  const client = useClient()
  const found = useQuery({
    queryKey: ['hand-over', leaver],
    queryFn: () => client.perform<Preview>('organisation.hand_over_preview', { leaver }),
    staleTime: 0,
  })
  if (!found.data) return null
  const { duties, offices, approvals } = found.data
  if (duties.length === 0 && offices === 0 && approvals === 0) return <p className="yz-faint">{t('nothing')}</p>
  return (
    <ul>
      {duties.map(duty => (
        <li key={`${duty.entity}.${duty.field}`}>
          {label(duty.entityLabel)} · {label(duty.fieldLabel)} <strong className="yz-figure">{duty.count}</strong>
        </li>
      ))}
      {offices > 0 && <li>{t('offices', { count: offices })}</li>}
      {approvals > 0 && <li>{t('approvals', { count: approvals })}</li>}
    </ul>
  )
}
