// Approving one document or many: an opinion if one wants to give one, then done; what could not be approved says why.
import { useClient } from '@yingzao/platform/client/react'
import { useSay } from '@yingzao/ui/data/say'
import { useText } from '@yingzao/ui/text/language.tsx'
import { Input, Modal } from 'antd'
import { useState } from 'react'
import type { BoxRow } from '../shape.ts'
import { text } from './text.ts'
import { useAgain } from './use-box.ts'

export function ApproveDialog({ rows, onClose }: { rows: readonly BoxRow[]; onClose: () => void }) {
  const t = useText(text)
  const say = useSay()
  const client = useClient()
  const again = useAgain()
  const [opinion, setOpinion] = useState('')
  const [busy, setBusy] = useState(false)
  const [first] = rows
  const title =
    rows.length === 1
      ? t('approveTitle', { title: first?.title || first?.number || '—' })
      : t('approveMany', { count: rows.length })

  const approve = async () => {
    setBusy(true)
    const words = opinion.trim()
    let failed = 0
    let reason = ''
    // One transaction each: one that cannot be approved does not hold up the others.
    for (const row of rows) {
      try {
        await client.entity(row.entity).run(row.document, 'approve', words === '' ? {} : { opinion: words })
      } catch (error) {
        failed++
        reason ||= say.reason(error)
      }
    }
    await again()
    setBusy(false)
    onClose()
    if (failed > 0) say.bad(new Error(t('failedMany', { count: failed, reason })))
    else say.good(rows.length === 1 ? t('approved') : t('approvedMany', { count: rows.length }))
  }
  return (
    <Modal
      open
      title={title}
      okText={rows.length === 1 ? t('approve') : t('approveMany', { count: rows.length })}
      cancelText={t('cancel')}
      confirmLoading={busy}
      onOk={() => void approve()}
      onCancel={onClose}
    >
      {rows.length > 1 && (
        <ul className="yz-approve-list">
          {rows.map(row => (
            <li key={row.instance}>{row.title || row.number}</li>
          ))}
        </ul>
      )}
      <Input.TextArea
        value={opinion}
        maxLength={2000}
        autoSize={{ minRows: 2, maxRows: 6 }}
        placeholder={t('opinion')}
        aria-label={t('opinion')}
        onChange={event => setOpinion(event.target.value)}
      />
    </Modal>
  )
}
