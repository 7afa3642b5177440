// Two people changed one record: both values side by side, the choice is the reader's. Nothing is lost unseen.
import type { EntityMeta, FieldMeta, HistoryEntry, Json, RecordJson } from '@yingzao/kernel/entity'
import type { Failure } from '@yingzao/platform/client'
import { Button, Modal, Radio } from 'antd'
import { useState } from 'react'
import { useRecordRefs } from '../data/titles.ts'
import { anyField } from '../field/system.ts'
import { FieldValue } from '../field/value.tsx'
import { useFormats, useLabel, useText } from '../text/language.tsx'
import { text } from './text.ts'
import './form.css'

export interface Conflict {
  readonly entity: EntityMeta
  /** As the server has it now. */
  readonly current: RecordJson
  readonly changed: HistoryEntry | undefined
  /** What I wanted, by field. */
  readonly mine: Readonly<Record<string, Json>>
  /** Fields both of us changed, to different values; the others of mine are kept without asking. */
  readonly clashes: readonly FieldMeta[]
}

const same = (a: Json | undefined, b: Json | undefined) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)

/** Reads a stale answer; null when the failure is something else. `base` is the record as I knew it. */
export function conflictOf(
  entity: EntityMeta,
  base: RecordJson,
  mine: Readonly<Record<string, Json>>,
  failure: Failure,
): Conflict | null {
  const { current, changed } = failure.problem
  if (failure.status !== 409 || !current) return null
  const clashes = Object.keys(mine).flatMap(name => {
    const field = anyField(entity, name)
    if (!field || same(current[name], mine[name])) return []
    return field.kind === 'lines' || !same(base[name], current[name]) ? [field] : []
  })
  return { entity, current, changed, mine, clashes }
}

interface Props {
  readonly conflict: Conflict
  readonly onClose: () => void
  /** What to save over `current`; empty when everything of mine was given up. */
  readonly onResolved: (patch: Readonly<Record<string, Json>>) => void
}

export function ConflictDialog({ conflict, onClose, onResolved }: Props) {
  const t = useText(text)
  const label = useLabel()
  const formats = useFormats()
  const { entity, current, changed, mine, clashes } = conflict
  const [keep, setKeep] = useState<Readonly<Record<string, 'mine' | 'theirs'>>>({})
  const refs = useRecordRefs(entity, { ...current, ...mine })
  const theirs = useRecordRefs(entity, current)
  const resolve = () => {
    const kept = Object.entries(mine).filter(
      ([name, value]) =>
        !same(current[name], value) &&
        !(clashes.some(field => field.name === name) && (keep[name] ?? 'theirs') === 'theirs'),
    )
    onResolved(Object.fromEntries(kept))
  }
  // Fields of mine nobody else touched: shown so that the reader sees all that will be saved.
  const quiet = Object.keys(mine).flatMap(name => {
    const field = anyField(entity, name)
    return field && !clashes.includes(field) && !same(current[name], mine[name]) ? [field] : []
  })
  return (
    <Modal
      open
      width={640}
      title={t('conflictTitle', { name: changed?.by?.name ?? t('someone') })}
      onCancel={onClose}
      footer={
        <>
          <Button onClick={() => onResolved({})}>{t('discardMine')}</Button>
          <Button type="primary" onClick={resolve}>
            {t('useChoice')}
          </Button>
        </>
      }
    >
      <p className="yz-soft">{t('conflictDetail', { time: formats.ago(changed?.at ?? null) })}</p>
      <table className="yz-conflict">
        <thead>
          <tr>
            <th scope="col">{t('field')}</th>
            <th scope="col">{t('theirs')}</th>
            <th scope="col">{t('mine')}</th>
          </tr>
        </thead>
        <tbody>
          {clashes.map(field => (
            <tr key={field.name}>
              <th scope="row">{label(field.label)}</th>
              {(['theirs', 'mine'] as const).map(side => (
                <td key={side}>
                  <Radio
                    name={`keep-${field.name}`}
                    checked={(keep[field.name] ?? 'theirs') === side}
                    onChange={() => setKeep({ ...keep, [field.name]: side })}
                  >
                    <FieldValue
                      field={field}
                      value={side === 'mine' ? mine[field.name] : current[field.name]}
                      refs={side === 'mine' ? refs : theirs}
                      rich={false}
                    />
                  </Radio>
                </td>
              ))}
            </tr>
          ))}
          {quiet.map(field => (
            <tr key={field.name}>
              <th scope="row">{label(field.label)}</th>
              <td className="yz-faint">
                <FieldValue field={field} value={current[field.name]} refs={theirs} rich={false} />
              </td>
              <td>
                <FieldValue field={field} value={mine[field.name]} refs={refs} rich={false} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Modal>
  )
}
