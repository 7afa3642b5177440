// Buttons of what can be done with the record now; a verb with inputs asks for them first.
import type { EntityMeta, FieldMeta, Fields, RecordJson } from '@yingzao/kernel/entity'
import { isFailure } from '@yingzao/platform/client'
import { useClient } from '@yingzao/platform/client/react'
import { Alert, App, Button, Dropdown, Modal } from 'antd'
import { lazy, Suspense, useId, useMemo, useState } from 'react'
import { useChanges } from '../data/changes.ts'
import { entityOf, useMeta } from '../data/meta.ts'
import { useSay } from '../data/say.ts'
import { useDraft, type Values } from '../form/draft.ts'
import { FieldsForm } from '../form/fields-form.tsx'
import { useModulePages } from '../shell/module-pages.tsx'
import { useLabel, useText } from '../text/language.tsx'
import { usePhone } from '../theme/mode.tsx'
import { text } from './text.ts'
import { type VerbButton, verbsOf } from './verbs.ts'
import { warnedOf } from './warned.ts'

/** Inputs of a verb as fields of a form. */
export const inputFields = (input: Fields): readonly FieldMeta[] =>
  Object.entries(input).map(([name, field]): FieldMeta => ({ ...field, name, right: 'edit', sortable: false }))

export function VerbBar({ entity, record }: { entity: EntityMeta; record: RecordJson }) {
  const t = useText(text)
  const label = useLabel()
  const say = useSay()
  const client = useClient()
  const phone = usePhone()
  const changes = useChanges(entity.name)
  const { modal } = App.useApp()
  const [asking, setAsking] = useState<VerbButton | null>(null)
  const [busy, setBusy] = useState('')
  const isDanger = (verb: VerbButton) => verb.tone === 'danger'
  const dialogs = useModulePages(entity.module)?.dialogs[entity.name]
  const own = asking ? dialogs?.[asking.name] : undefined
  const OwnDialog = useMemo(() => own && lazy(own), [own])
  const all = verbsOf(entity, record, dialogs)
  // What cannot be taken back stands last, and on a phone never under the thumb.
  const verbs = [...all.filter(verb => !isDanger(verb)), ...all.filter(isDanger)]

  const run = async (verb: VerbButton, input: Values) => {
    setBusy(verb.name)
    try {
      const answer = await changes.run(record.id, verb.name, input, record.version)
      const done = t('done', { verb: label(verb.label) })
      const warned = await warnedOf(client, entity.name, record.id, answer).catch(() => [])
      if (warned.length > 0) say.warn([done, ...warned].join(t('sep')))
      else say.good(done)
    } finally {
      setBusy('')
    }
  }
  const press = (verb: VerbButton) => {
    if (verb.input && Object.keys(verb.input).length > 0) return setAsking(verb)
    if (!verb.confirm) return void run(verb, {}).catch(say.bad)
    void modal.confirm({
      title: label(verb.label),
      content: label(verb.confirm),
      okText: label(verb.label),
      okButtonProps: { danger: isDanger(verb) },
      cancelText: t('cancel'),
      onOk: () => run(verb, {}).catch(say.bad),
    })
  }
  const shown = phone ? verbs.slice(0, 1).filter(verb => !isDanger(verb)) : verbs.slice(0, 3)
  const rest = verbs.slice(shown.length)
  return (
    <>
      {shown.map(verb => (
        <Button
          key={verb.name}
          type={verb.tone === 'primary' ? 'primary' : 'default'}
          danger={isDanger(verb)}
          loading={busy === verb.name}
          disabled={busy !== ''}
          onClick={() => press(verb)}
        >
          {label(verb.label)}
        </Button>
      ))}
      {rest.length > 0 && (
        <Dropdown
          trigger={['click']}
          menu={{
            items: rest.map(verb => ({ key: verb.name, label: label(verb.label), danger: isDanger(verb) })),
            onClick: ({ key }) => {
              const verb = rest.find(each => each.name === key)
              if (verb) press(verb)
            },
          }}
        >
          <Button>{t('more')}</Button>
        </Dropdown>
      )}
      {asking && OwnDialog && (
        <Suspense fallback={null}>
          <OwnDialog
            entity={entity}
            record={record}
            verb={asking}
            onClose={() => setAsking(null)}
            onSubmit={async input => {
              await run(asking, input)
              setAsking(null)
            }}
          />
        </Suspense>
      )}
      {asking && !OwnDialog && (
        <InputDialog
          title={label(asking.label)}
          note={asking.confirm ? label(asking.confirm) : null}
          fields={inputFields(asking.input ?? {})}
          danger={isDanger(asking)}
          onClose={() => setAsking(null)}
          onSubmit={async values => {
            await run(asking, values)
            setAsking(null)
          }}
        />
      )}
    </>
  )
}

interface DialogProps {
  readonly title: string
  readonly note: string | null
  readonly fields: readonly FieldMeta[]
  readonly danger: boolean
  /** Of the button; the title without it. */
  readonly okText?: string
  /** Above the fields. */
  readonly children?: React.ReactNode
  /** Below the fields. */
  readonly below?: React.ReactNode
  /** What stands there already. */
  readonly values?: RecordJson
  readonly onClose: () => void
  /** A failure it throws is shown in the dialog, beside the field it names. */
  readonly onSubmit: (values: Values) => Promise<void>
}

/** Asks for the inputs of a verb. */
export function InputDialog({
  title,
  okText = title,
  note,
  fields,
  danger,
  values,
  children,
  below,
  onClose,
  onSubmit,
}: DialogProps) {
  const t = useText(text)
  const meta = useMeta()
  const say = useSay()
  const prefix = useId()
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const form = useDraft(fields, name => entityOf(meta, name), values ?? null)
  const submit = async () => {
    if (Object.keys(form.check(fields)).length > 0) return
    setBusy(true)
    setProblem(null)
    try {
      await onSubmit(form.input())
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
      title={title}
      okText={okText}
      cancelText={t('cancel')}
      okButtonProps={{ danger }}
      confirmLoading={busy}
      onCancel={onClose}
      onOk={() => void submit()}
      className="yz-form-dialog"
    >
      {note && <p className="yz-soft">{note}</p>}
      {children}
      {problem && <Alert type="error" role="alert" title={problem} />}
      <FieldsForm
        sections={[{ title: null, fields }]}
        values={form.values}
        errors={form.errors}
        refs={{}}
        idPrefix={prefix}
        firstFocus
        onChange={form.set}
        onBlur={form.touch}
      />
      {below}
    </Modal>
  )
}
