// All fields of the plan's record, its comments, files and history, beside the chart.

import { useNavigate } from '@tanstack/react-router'
import type { EntityMeta, RecordJson } from '@yingzao/kernel/entity'
import { useChanges } from '@yingzao/ui/data/changes'
import { useSay } from '@yingzao/ui/data/say'
import { useRecordRefs } from '@yingzao/ui/data/titles'
import { RecordForm } from '@yingzao/ui/form/record-form.tsx'
import { FieldsView } from '@yingzao/ui/record/fields-view.tsx'
import '@yingzao/ui/record/record.css'
import { SidePanel } from '@yingzao/ui/record/side-panel.tsx'
import { useText } from '@yingzao/ui/text/language.tsx'
import { App, Button, Drawer } from 'antd'
import { useState } from 'react'
import { text } from './text.ts'

interface Props {
  readonly entity: EntityMeta
  readonly record: RecordJson
  readonly onClose: () => void
}

export default function PlanDetails({ entity, record, onClose }: Props) {
  const t = useText(text)
  const say = useSay()
  const navigate = useNavigate()
  const changes = useChanges(entity.name)
  const { modal } = App.useApp()
  const refs = useRecordRefs(entity, record)
  const [editing, setEditing] = useState(false)
  const name = String(record.name)
  const remove = () =>
    void modal.confirm({
      title: t('removeTitle', { name }),
      content: t('removeDetail'),
      okText: t('remove'),
      okButtonProps: { danger: true },
      cancelText: t('cancel'),
      onOk: async () => {
        try {
          await changes.remove(record.id, record.version)
        } catch (error) {
          return say.bad(error)
        }
        await navigate({ to: '/$module/$name', params: { module: entity.module, name: entity.name } })
      },
    })
  return (
    <Drawer
      open
      size={560}
      title={name}
      onClose={onClose}
      extra={
        !editing && (
          <div className="yz-flex">
            {record._can.includes('delete') && (
              <Button danger onClick={remove}>
                {t('remove')}
              </Button>
            )}
            {record._can.includes('update') && <Button onClick={() => setEditing(true)}>{t('edit')}</Button>}
          </div>
        )
      }
    >
      {editing ? (
        <RecordForm
          entity={entity}
          record={record}
          onSaved={() => setEditing(false)}
          onCancel={() => setEditing(false)}
        />
      ) : (
        <div className="yz-stack">
          <FieldsView entity={entity} record={record} refs={refs} />
          <SidePanel entity={entity} record={record} history />
        </div>
      )}
    </Drawer>
  )
}
