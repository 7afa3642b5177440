// Creating and editing a record: fields from the meta, checked here, decided by the server.
import { useBlocker } from '@tanstack/react-router'
import type { EntityMeta, FieldMeta, Json, RecordJson } from '@yingzao/kernel/entity'
import { isFailure } from '@yingzao/platform/client'
import { useLive } from '@yingzao/platform/client/react'
import { Alert, Button } from 'antd'
import { type ReactNode, useId, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useChanges } from '../data/changes.ts'
import { entityOf, useMeta } from '../data/meta.ts'
import { useSay } from '../data/say.ts'
import { useRecordRefs } from '../data/titles.ts'
import { useLabel, useText } from '../text/language.tsx'
import { type Conflict, ConflictDialog, conflictOf } from './conflict.tsx'
import { useDraft, type Values } from './draft.ts'
import { FieldsForm } from './fields-form.tsx'
import { useLiveFormulas } from './formulas.ts'
import { LeaveDialog } from './leave.tsx'
import { sectionsOf } from './sections.ts'
import { text } from './text.ts'

interface Props {
  readonly entity: EntityMeta
  readonly record: RecordJson | null
  readonly given?: Values
  readonly onSaved: (record: RecordJson, again: boolean) => void
  readonly onCancel: () => void
  /** In a dialog the caller asks before closing. */
  readonly guarded?: boolean
  readonly footExtra?: ReactNode
}

export function RecordForm({ entity, record, given, onSaved, onCancel, guarded = true }: Props) {
  const meta = useMeta()
  const t = useText(text)
  const label = useLabel()
  const say = useSay()
  const changes = useChanges(entity.name)
  const prefix = useId()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const [conflict, setConflict] = useState<Conflict | null>(null)
  const [asking, setAsking] = useState(false)
  const [elsewhere, setElsewhere] = useState<'changed' | 'gone' | null>(null)
  // As it was when the form opened: live news change `record` underneath, and a conflict is told against this.
  const [base] = useState(record)
  const [version, setVersion] = useState(record?.version ?? 0)
  const lineOf = (name: string) => entityOf(meta, name)
  const form = useDraft(entity.fields, lineOf, record, given)
  const { values, shows } = useLiveFormulas(entity, form.values)
  const sections = useMemo(() => {
    // What is masked in this record is nothing to type over, though it is plain in others.
    const masked = new Set(base?._masked)
    return sectionsOf(entity, label, { others: t('others') }, field => shows(field) && !masked.has(field.name))
  }, [entity, label, t, shows, base])
  const shownRecord = useMemo<RecordJson>(
    () => ({ ...values, id: record?.id ?? '', version, _can: record?._can ?? [] }),
    [values, record, version],
  )
  const refs = useRecordRefs(entity, shownRecord)
  const leaving = useRef(false)
  const root = useRef<HTMLFormElement>(null)
  const blocker = useBlocker({
    shouldBlockFn: () => guarded && form.dirty && !leaving.current,
    enableBeforeUnload: () => guarded && form.dirty && !leaving.current,
    withResolver: true,
  })

  useLive(record ? [{ entity: entity.name, id: record.id }] : [], heard => {
    const newest = heard.at(-1)
    if (!newest || busy) return
    if (newest.op === 'delete' || newest.op === 'gone') setElsewhere('gone')
    else if (newest.version > version) setElsewhere('changed')
  })

  const shownFields = (): readonly FieldMeta[] => sections.flatMap(section => section.fields)
  const focusFirst = (paths: readonly string[]) => {
    const first = shownFields().find(field =>
      paths.some(path => path === field.name || path.startsWith(`${field.name}.`)),
    )
    const target = first && document.getElementById(`${prefix}-${first.name}`)
    target?.scrollIntoView({ block: 'center' })
    target?.focus()
  }

  const store = async (patch: Readonly<Record<string, Json>>, at: number) =>
    record ? changes.patch(record.id, at, patch) : changes.create(patch)

  const send = async (patch: Readonly<Record<string, Json>>, at: number, again: boolean) => {
    setBusy(true)
    setProblem(null)
    try {
      const saved = await store(patch, at)
      leaving.current = true
      say.good(record ? t('saved') : t('created'))
      if (again) {
        form.reset()
        leaving.current = false
      }
      onSaved(saved, again)
    } catch (error) {
      const found = base && isFailure(error) ? conflictOf(entity, base, patch, error) : null
      if (found) setConflict(found)
      else if (isFailure(error) && error.problem.errors?.length) {
        const wrong = form.refused(error.problem)
        setProblem(error.problem.detail)
        focusFirst(Object.keys(wrong))
      } else if (isFailure(error)) setProblem(say.reason(error))
      else throw error
    } finally {
      setBusy(false)
    }
  }
  const save = (again = false) => {
    if (busy) return
    const wrong = form.check(shownFields())
    const count = Object.keys(wrong).length
    if (count > 0) {
      setProblem(t('fixErrors', { count }))
      return focusFirst(Object.keys(wrong))
    }
    if (record && !form.dirty) return onCancel()
    void send(record ? form.patch() : form.input(), version, again)
  }

  const leave = () => {
    leaving.current = true
    onCancel()
  }
  const cancel = () => (form.dirty ? setAsking(true) : leave())

  const latest = useRef({ save, cancel })
  useLayoutEffect(() => {
    latest.current = { save, cancel }
  })
  useLayoutEffect(() => {
    const hear = (event: KeyboardEvent) => {
      // Only the form in front listens: a dialog's own, else the page's while no dialog is open.
      const dialog = document.querySelector('.ant-modal-wrap')
      if (dialog ? !dialog.contains(root.current) : false) return
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 's') {
        event.preventDefault()
        // What is being typed in a cell counts: leaving it hands the value over first.
        if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
        setTimeout(() => latest.current.save())
      } else if (event.key === 'Escape' && !event.defaultPrevented) {
        const open =
          event.target instanceof Element && event.target.closest('.ant-select-open,.ant-picker-focused,.yz-table')
        if (!open && guarded) latest.current.cancel()
      }
    }
    window.addEventListener('keydown', hear)
    return () => window.removeEventListener('keydown', hear)
  }, [guarded])

  return (
    <form
      ref={root}
      className="yz-form"
      noValidate
      onSubmit={event => {
        event.preventDefault()
        // A dialog's form stands inside this one for React, though not in the document.
        event.stopPropagation()
        save()
      }}
    >
      <div className="yz-form-body">
        <div role="status" aria-live="polite">
          {elsewhere && (
            <Alert
              type="warning"
              className="yz-form-alert"
              title={elsewhere === 'gone' ? t('goneElsewhere') : t('changedElsewhere', { name: t('someone') })}
            />
          )}
        </div>
        {problem && <Alert type="error" role="alert" className="yz-form-alert" title={problem} />}
        <FieldsForm
          sections={sections}
          values={values}
          errors={form.errors}
          refs={refs}
          idPrefix={prefix}
          firstFocus
          onChange={form.set}
          onBlur={form.touch}
        />
      </div>
      <div className="yz-form-foot">
        {/* No submit button: Enter in one of many inputs must not save a half-filled form. */}
        <Button type="primary" loading={busy} onClick={() => save()}>
          {busy ? t('saving') : t('save')}
        </Button>
        {!record && guarded && (
          <Button disabled={busy} onClick={() => save(true)}>
            {t('saveNew')}
          </Button>
        )}
        <Button disabled={busy} onClick={cancel}>
          {t('cancel')}
        </Button>
        <span className="yz-grow" />
        <span className="yz-faint yz-hint yz-wide-only">{t('shortcuts')}</span>
      </div>
      {conflict && (
        <ConflictDialog
          conflict={conflict}
          onClose={() => setConflict(null)}
          onResolved={patch => {
            const { current } = conflict
            setConflict(null)
            setVersion(current.version)
            if (Object.keys(patch).length > 0) void send(patch, current.version, false)
            else {
              leaving.current = true
              onSaved(current, false)
            }
          }}
        />
      )}
      {asking && <LeaveDialog onLeave={leave} onStay={() => setAsking(false)} />}
      {blocker.status === 'blocked' && <LeaveDialog onLeave={blocker.proceed} onStay={blocker.reset} />}
    </form>
  )
}
