// Approving one document or many: an opinion, a signature and files if one wants to give them or must; of each what became of it.
import { useClient } from '@yingzao/platform/client/react'
import { useSay } from '@yingzao/ui/data/say'
import { Tag } from '@yingzao/ui/field/tag.tsx'
import { InputDialog, inputFields } from '@yingzao/ui/record/verb-bar.tsx'
import { approving } from '@yingzao/ui/record/verbs'
import { warnedOf } from '@yingzao/ui/record/warned'
import { useText } from '@yingzao/ui/text/language.tsx'
import { Button, Modal } from 'antd'
import { useState } from 'react'
import type { BoxRow } from '../shape.ts'
import { text } from './text.ts'
import { useAgain } from './use-box.ts'

interface Result {
  readonly row: BoxRow
  /** Why it could not be approved. */
  readonly reason: string | null
  readonly warned: readonly string[]
}

export function ApproveDialog({ rows, onClose }: { rows: readonly BoxRow[]; onClose: () => void }) {
  const t = useText(text)
  const say = useSay()
  const client = useClient()
  const again = useAgain()
  const [results, setResults] = useState<readonly Result[] | null>(null)
  const [first] = rows
  const nameOf = (row: BoxRow | undefined) => row?.title || row?.number || '—'
  const { signature } = approving
  const fields = inputFields({
    ...approving,
    signature: { ...signature, required: rows.some(row => row.sign) },
  })
  if (results)
    return (
      <Modal
        open
        title={t('failedMany', { count: results.filter(each => each.reason !== null).length })}
        footer={<Button onClick={onClose}>{t('close')}</Button>}
        onCancel={onClose}
      >
        <ul className="yz-approve-list">
          {results.map(({ row, reason }) => (
            <li key={row.instance} className="yz-approve-result">
              <Tag tone={reason === null ? 'good' : 'bad'}>{t(reason === null ? 'approved' : 'failed')}</Tag>
              <span className="yz-grow">
                {nameOf(row)}
                {reason !== null && <span className="yz-block yz-soft">{reason}</span>}
              </span>
            </li>
          ))}
        </ul>
      </Modal>
    )
  return (
    <InputDialog
      title={rows.length === 1 ? t('approveTitle', { title: nameOf(first) }) : t('approveMany', { count: rows.length })}
      okText={rows.length === 1 ? t('approve') : t('approveMany', { count: rows.length })}
      note={null}
      fields={fields}
      danger={false}
      onClose={onClose}
      onSubmit={async values => {
        const done: Result[] = []
        // One transaction each: one that cannot be approved does not hold up the others.
        for (const row of rows) {
          try {
            const answer = await client
              .entity(row.entity)
              .run(row.document, 'approve', values, { version: row.version })
            // It is approved, also when its history cannot be read now.
            const warned = await warnedOf(client, row.entity, row.document, answer).catch(() => [])
            done.push({ row, reason: null, warned })
          } catch (error) {
            // Of a single one the dialog itself says what is wrong, beside the field.
            if (rows.length === 1) {
              // Changed meanwhile: the list behind shows it as it is now.
              await again()
              throw error
            }
            done.push({ row, reason: say.reason(error), warned: [] })
          }
        }
        await again()
        if (done.some(each => each.reason !== null)) return setResults(done)
        onClose()
        const approved = rows.length === 1 ? t('approved') : t('approvedMany', { count: rows.length })
        const warned = new Set(done.flatMap(each => each.warned))
        if (warned.size > 0) say.warn([approved, ...warned].join(t('sep')))
        else say.good(approved)
      }}
    >
      {rows.length > 1 && (
        <ul className="yz-approve-list">
          {rows.map(row => (
            <li key={row.instance}>{nameOf(row)}</li>
          ))}
        </ul>
      )}
    </InputDialog>
  )
}
