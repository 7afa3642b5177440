// What can be done with all selected records at once; each record's own rights decide, failures are told one by one.
import { DeleteOutlined, EditOutlined, UndoOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import type { EntityMeta, FieldMeta, Json, RecordJson } from '@yingzao/kernel/entity'
import { keys, useClient } from '@yingzao/platform/client/react'
import { App, Button, Modal, Select } from 'antd'
import { useState } from 'react'
import { useSay } from '../data/say.ts'
import { FieldEditor } from '../field/editor.tsx'
import { verbsFor } from '../record/verbs.ts'
import { useLabel, useText } from '../text/language.tsx'
import { editableInCell } from './record-grid.tsx'
import { text } from './text.ts'

interface Props {
  readonly entity: EntityMeta
  readonly records: readonly RecordJson[]
  readonly bin: boolean
  readonly onClear: () => void
}

export function BulkBar({ entity, records, bin, onClear }: Props) {
  const t = useText(text)
  const label = useLabel()
  const say = useSay()
  const client = useClient()
  const cache = useQueryClient()
  const { modal } = App.useApp()
  const [setting, setSetting] = useState(false)
  const [busy, setBusy] = useState(false)
  const entityClient = client.entity(entity.name)

  /** One after the other, so that one refusal does not undo the rest; says what failed and why. */
  const each = async (
    some: readonly RecordJson[],
    act: (record: RecordJson) => Promise<unknown>,
    done: (count: number) => void,
  ) => {
    setBusy(true)
    let failed = 0
    let reason = ''
    for (const record of some)
      try {
        await act(record)
      } catch (error) {
        failed++
        reason = say.reason(error)
      }
    setBusy(false)
    await cache.invalidateQueries({ queryKey: keys.entity(entity.name) })
    if (failed < some.length) done(some.length - failed)
    if (failed > 0) say.bad(new Error(t('someFailed', { count: failed, reason })))
    else onClear()
  }
  const able = (name: string) => records.filter(record => record._can.includes(name))
  const removable = able('delete')
  const changeable = able('update')
  const verbs = verbsFor(entity, records)

  const remove = () =>
    void modal.confirm({
      title: t('removeTitle', { count: removable.length }),
      content: t('removeDetail'),
      okText: t('remove'),
      okButtonProps: { danger: true },
      cancelText: t('cancel'),
      onOk: () =>
        each(
          removable,
          record => entityClient.remove(record.id, record.version),
          count => say.good(t('removed', { count })),
        ),
    })

  return (
    <div className="yz-bulk" role="toolbar" aria-label={t('selected', { count: records.length })}>
      <strong className="yz-figure" aria-live="polite">
        {t('selected', { count: records.length })}
      </strong>
      {bin ? (
        <Button
          icon={<UndoOutlined aria-hidden="true" />}
          loading={busy}
          onClick={() =>
            void each(
              records,
              record => entityClient.restore(record.id, record.version),
              count => say.good(t('restored', { count })),
            )
          }
        >
          {t('restore')}
        </Button>
      ) : (
        <>
          {changeable.length > 0 && (
            <Button icon={<EditOutlined aria-hidden="true" />} disabled={busy} onClick={() => setSetting(true)}>
              {t('setField')}
            </Button>
          )}
          {verbs.map(verb => (
            <Button
              key={verb.name}
              danger={verb.tone === 'danger'}
              disabled={busy}
              onClick={() =>
                void each(
                  records.filter(record => record._can.includes(verb.name)),
                  record => entityClient.run(record.id, verb.name, {}, { version: record.version }),
                  count => say.good(t('changed', { count })),
                )
              }
            >
              {label(verb.label)}
            </Button>
          ))}
          {removable.length > 0 && (
            <Button danger icon={<DeleteOutlined aria-hidden="true" />} disabled={busy} onClick={remove}>
              {t('remove')}
            </Button>
          )}
        </>
      )}
      <span className="yz-grow" />
      <Button type="text" onClick={onClear}>
        {t('clearSelection')}
      </Button>
      {setting && (
        <SetField
          entity={entity}
          count={changeable.length}
          onClose={() => setSetting(false)}
          onApply={(field, value) => {
            setSetting(false)
            void each(
              changeable,
              record => entityClient.patch(record.id, record.version, { [field.name]: value }),
              count => say.good(t('changed', { count })),
            )
          }}
        />
      )}
    </div>
  )
}

function SetField({
  entity,
  count,
  onClose,
  onApply,
}: {
  entity: EntityMeta
  count: number
  onClose: () => void
  onApply: (field: FieldMeta, value: Json) => void
}) {
  const t = useText(text)
  const label = useLabel()
  const fields = entity.fields.filter(field => editableInCell(field) && !field.unique)
  const [name, setName] = useState(fields[0]?.name)
  const [value, setValue] = useState<Json>(null)
  const field = fields.find(each => each.name === name)
  return (
    <Modal
      open
      title={t('setFieldTitle', { count })}
      okText={t('apply')}
      cancelText={t('cancel')}
      onCancel={onClose}
      onOk={() => {
        if (field) onApply(field, value)
      }}
    >
      <div className="yz-stack">
        <Select
          aria-label={t('field')}
          value={name ?? null}
          options={fields.map(each => ({ value: each.name, label: label(each.label) }))}
          onChange={next => {
            setName(next)
            setValue(null)
          }}
        />
        {field && (
          <FieldEditor key={field.name} field={field} value={value} onChange={setValue} label={label(field.label)} />
        )}
      </div>
    </Modal>
  )
}
