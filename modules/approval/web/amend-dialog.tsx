// What a step lets its people change: fields of the document in a form, fields of its lines row by row, with the first of its
// other fields as the name of the row.
import type { EntityMeta, FieldMeta, Json, RecordJson } from '@yingzao/kernel/entity'
import { isFailure } from '@yingzao/platform/client'
import { useClient } from '@yingzao/platform/client/react'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { useSay } from '@yingzao/ui/data/say'
import { useRecordRefs } from '@yingzao/ui/data/titles'
import { sameValue, useDraft } from '@yingzao/ui/form/draft'
import { FieldsForm } from '@yingzao/ui/form/fields-form.tsx'
import { useLabel, useText } from '@yingzao/ui/text/language.tsx'
import { Alert, Modal } from 'antd'
import { useId, useState } from 'react'
import { text } from './text.ts'
import { useAgain } from './use-box.ts'

interface Props {
  readonly entity: EntityMeta
  readonly record: RecordJson
  /** `total`, `lines.price`. */
  readonly names: readonly string[]
  readonly onClose: () => void
}
type Row = Readonly<Record<string, Json>>
const isRow = (value: Json): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Fields of the lines that may be changed, by the field that holds them; none for a reader who does not see them. */
export function amendable(
  entity: EntityMeta,
  names: readonly string[],
  lineOf: (name: string) => EntityMeta | undefined,
) {
  const open = (field: FieldMeta): FieldMeta => ({ ...field, right: 'edit' })
  const fields = entity.fields.filter(field => names.includes(field.name)).map(open)
  const lines = entity.fields.flatMap(field => {
    const inner = field.kind === 'lines' ? (lineOf(field.of)?.fields ?? []) : []
    const may = inner.filter(each => names.includes(`${field.name}.${each.name}`)).map(open)
    return may.length > 0
      ? [{ field, may, title: inner.find(each => !may.some(({ name }) => name === each.name)) }]
      : []
  })
  return { fields, lines }
}

export function AmendDialog({ entity, record, names, onClose }: Props) {
  const t = useText(text)
  const label = useLabel()
  const meta = useMeta()
  const say = useSay()
  const client = useClient()
  const again = useAgain()
  const prefix = useId()
  const refs = useRecordRefs(entity, record)
  const lineOf = (name: string) => entityOf(meta, name)
  const { fields, lines } = amendable(entity, names, lineOf)
  const form = useDraft(fields, lineOf, record)
  /** Changed rows by their id. */
  const [rows, setRows] = useState<Readonly<Record<string, Row>>>({})
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const rowsOf = (field: FieldMeta): readonly Row[] => {
    const value = record[field.name]
    return Array.isArray(value) ? value.filter(isRow) : []
  }
  const submit = async () => {
    if (Object.keys(form.check(fields)).length > 0) return
    setBusy(true)
    setProblem(null)
    try {
      const upserts = lines.flatMap(({ field }) => {
        const upsert = rowsOf(field).flatMap(row => {
          const next = rows[String(row.id)]
          const changed = Object.entries(next ?? {}).filter(([name, value]) => !sameValue(value, row[name]))
          return changed.length > 0 ? [{ id: String(row.id), ...Object.fromEntries(changed) }] : []
        })
        return upsert.length > 0 ? [[field.name, { upsert }] as const] : []
      })
      const values = { ...form.patch(), ...Object.fromEntries(upserts) }
      if (Object.keys(values).length > 0) {
        await client.entity<string>(entity.name).patch(record.id, record.version, values)
        await again()
        say.good(t('saved'))
      }
      onClose()
    } catch (error) {
      if (isFailure(error)) form.refused(error.problem)
      setProblem(say.reason(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal
      open
      title={t('amendTitle')}
      okText={t('amendTitle')}
      cancelText={t('cancel')}
      confirmLoading={busy}
      onOk={() => void submit()}
      onCancel={onClose}
      className="yz-form-dialog"
    >
      <p className="yz-soft">{t('amendNote')}</p>
      {problem && <Alert type="error" role="alert" title={problem} />}
      {fields.length > 0 && (
        <FieldsForm
          sections={[{ title: null, fields }]}
          values={form.values}
          errors={form.errors}
          refs={refs}
          idPrefix={prefix}
          firstFocus
          onChange={form.set}
          onBlur={form.touch}
        />
      )}
      {lines.map(({ field, may, title }) =>
        rowsOf(field).map((row, index) => {
          const id = String(row.id)
          const told = title ? row[title.name] : undefined
          const name = typeof told === 'string' ? (refs[entityNameOf(title)]?.[told] ?? told) : ''
          return (
            <FieldsForm
              key={id}
              sections={[{ title: `${label(field.label)} ${index + 1}${name ? ` · ${name}` : ''}`, fields: may }]}
              values={{ ...row, ...rows[id] }}
              errors={{}}
              refs={refs}
              idPrefix={`${prefix}-${id}`}
              onChange={(inner, value) => setRows({ ...rows, [id]: { ...rows[id], [inner]: value } })}
            />
          )
        }),
      )}
    </Modal>
  )
}

const entityNameOf = (field: FieldMeta | undefined): string =>
  field?.kind === 'ref' ? field.to : field?.kind === 'user' ? 'user' : ''
