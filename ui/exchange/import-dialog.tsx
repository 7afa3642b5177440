// The import of an entity, in a dialog over its list.
import type { EntityMeta } from '@yingzao/kernel/entity'
import { Modal } from 'antd'
import { useLabel, useText } from '../text/language.tsx'
import { ImportPanel } from './import-panel.tsx'
import { text } from './text.ts'

export default function ImportDialog({ entity, onClose }: { entity: EntityMeta; onClose: () => void }) {
  const t = useText(text)
  const label = useLabel()
  return (
    <Modal
      open
      width={760}
      footer={null}
      title={t('title', { name: label(entity.label) })}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      <ImportPanel entity={entity} />
    </Modal>
  )
}
