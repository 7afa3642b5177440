// The past of a record: who changed which field from what to what, when and from where.
import type { EntityMeta, HistoryEntry, Json, Page, RecordJson } from '@yingzao/kernel/entity'
import { useHistory } from '@yingzao/platform/client/react'
import { useMemo } from 'react'
import { entityOf, targetOf, useMeta } from '../data/meta.ts'
import { useTitles } from '../data/titles.ts'
import { anyField } from '../field/system.ts'
import { FieldValue } from '../field/value.tsx'
import { initials } from '../shell/person-menu.tsx'
import { useFormats, useLabel, useText } from '../text/language.tsx'
import { LinesDiff } from './lines-diff.tsx'
import { text } from './text.ts'
import { verbLabel } from './verbs.ts'

/** Ids that appear in the differences, by the entity they point at. */
function idsIn(entity: EntityMeta, entries: readonly HistoryEntry[]): ReadonlyMap<string, readonly string[]> {
  const ids = new Map<string, Set<string>>()
  for (const entry of entries)
    for (const change of entry.diff) {
      const field = anyField(entity, change.field)
      const target = field ? targetOf(field) : null
      if (!target) continue
      const known = ids.get(target) ?? new Set<string>()
      for (const side of [change.before, change.after])
        for (const id of Array.isArray(side) ? side : [side]) if (typeof id === 'string') known.add(id)
      ids.set(target, known)
    }
  return new Map([...ids].map(([target, set]) => [target, [...set]]))
}

export function History({ entity, record }: { entity: EntityMeta; record: RecordJson }) {
  const t = useText(text)
  const history = useHistory(entity.name, record.id)
  const entries = history.data ?? []
  const wanted = useMemo(() => idsIn(entity, history.data ?? []), [entity, history.data])
  if (history.data?.length === 0) return <p className="yz-faint">{t('noHistory')}</p>
  return (
    <ol className="yz-history">
      <Titles wanted={[...wanted]} refs={{}}>
        {refs => entries.map(entry => <Entry key={entry.id} entity={entity} entry={entry} refs={refs} />)}
      </Titles>
    </ol>
  )
}

/** Asks for names entity by entity; hooks may not run in a loop, so each step is a component. */
function Titles({
  wanted,
  refs,
  children,
}: {
  wanted: readonly (readonly [string, readonly string[]])[]
  refs: Page['refs']
  children: (refs: Page['refs']) => React.ReactNode
}): React.ReactNode {
  const [first, ...rest] = wanted
  const titles = useTitles(first?.[0] ?? '', first?.[1] ?? [])
  if (!first) return children(refs)
  return (
    <Titles wanted={rest} refs={{ ...refs, [first[0]]: titles }}>
      {children}
    </Titles>
  )
}

const opWords = { create: 'opCreate', update: 'opUpdate', delete: 'opDelete', restore: 'opRestore' } as const

function Entry({ entity, entry, refs }: { entity: EntityMeta; entry: HistoryEntry; refs: Page['refs'] }) {
  const t = useText(text)
  const label = useLabel()
  const formats = useFormats()
  const name = entry.by?.name ?? t('system')
  const act = entry.op === 'action' ? label(verbLabel(entity, entry.action ?? '')) : t(opWords[entry.op])
  const unmasked = useFieldLabel(entity, entry.unmasked)
  // A creation lists what was filled in; emptiness is no news.
  const diff = entry.diff.filter(change => entry.op !== 'create' || !isNothing(change.after))
  return (
    <li>
      <div className="yz-flex">
        <span className="yz-avatar" aria-hidden="true">
          {initials(name)}
        </span>
        <span className="yz-grow">
          <strong>{name}</strong> {act}
          {unmasked && <span className="yz-soft"> · {unmasked}</span>}
        </span>
        <time className="yz-faint" dateTime={entry.at} title={`${formats.instant(entry.at)} · ${entry.from}`}>
          {formats.ago(entry.at)}
        </time>
      </div>
      {entry.warnings && (
        <ul className="yz-warn">
          {entry.warnings.map(warning => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
      )}
      {diff.length > 0 && (
        <dl className="yz-diff">
          {diff.map(change => {
            const field = anyField(entity, change.field)
            return (
              <div key={change.field}>
                <dt>{field ? label(field.label) : change.field}</dt>
                <dd>
                  {field ? (
                    field.kind === 'lines' ? (
                      <LinesDiff line={field.of} before={change.before} after={change.after} />
                    ) : (
                      <>
                        {entry.op !== 'create' && (
                          <>
                            <del>
                              <span className="yz-said">{t('before')}</span>
                              <FieldValue field={field} value={change.before} refs={refs} rich={false} />
                            </del>
                            <span aria-hidden="true" className="yz-faint">
                              {' → '}
                            </span>
                          </>
                        )}
                        <ins>
                          <span className="yz-said">{t('after')}</span>
                          <FieldValue field={field} value={change.after} refs={refs} rich={false} />
                        </ins>
                      </>
                    )
                  ) : (
                    <code>{JSON.stringify(change.after)}</code>
                  )}
                </dd>
              </div>
            )
          })}
        </dl>
      )}
    </li>
  )
}

/** `accounts.number` as “Bank accounts · Account number”; empty where the field is not mine to know of. */
function useFieldLabel(entity: EntityMeta, path: string | undefined): string {
  const meta = useMeta()
  const label = useLabel()
  const [name = '', inner] = (path ?? '').split('.')
  const field = anyField(entity, name)
  const line = field?.kind === 'lines' && inner !== undefined ? entityOf(meta, field.of) : undefined
  const within = line && inner !== undefined ? anyField(line, inner) : undefined
  return [field, within].flatMap(each => (each ? label(each.label) : [])).join(' · ')
}

const isNothing = (value: Json) =>
  value === null || value === '' || value === false || (Array.isArray(value) && value.length === 0)
