// Creates a record without leaving the form that needs it.
import type { RecordJson } from '@yingzao/kernel/entity'
import { Modal } from 'antd'
import { entityOf, useMeta } from '../data/meta.ts'
import { useLabel, useText } from '../text/language.tsx'
import type { Values } from './draft.ts'
import { RecordForm } from './record-form.tsx'
import { text } from './text.ts'

interface Props {
  readonly entity: string
  readonly start: Values
  readonly onClose: (made: RecordJson | null) => void
}

export default function CreateDialog({ entity, start, onClose }: Props) {
  const meta = useMeta()
  const t = useText(text)
  const label = useLabel()
  const def = entityOf(meta, entity)
  if (!def) return null
  return (
    <Modal
      open
      width={720}
      footer={null}
      title={t('create', { name: label(def.label) })}
      onCancel={() => onClose(null)}
      className="yz-form-dialog"
    >
      <RecordForm
        entity={def}
        record={null}
        given={start}
        guarded={false}
        onSaved={onClose}
        onCancel={() => onClose(null)}
      />
    </Modal>
  )
}
