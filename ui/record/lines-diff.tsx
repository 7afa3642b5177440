// Lines that came, went or changed; of a changed one which fields, from what to what.
import type { FieldMeta, Json } from '@yingzao/kernel/entity'
import { entityOf, useMeta } from '../data/meta.ts'
import { FieldValue } from '../field/value.tsx'
import { useLabel } from '../text/language.tsx'

type Row = Readonly<Record<string, Json>>
const rows = (value: Json): readonly Row[] =>
  (Array.isArray(value) ? value : []).filter(
    (row): row is { readonly [key: string]: Json } => typeof row === 'object' && row !== null && !Array.isArray(row),
  )
const told: ReadonlySet<FieldMeta['kind']> = new Set(['text', 'money', 'number', 'integer', 'date', 'serial'])
/** Said as values; what points at other records or holds files is only named. */
const isPlain = ({ kind }: FieldMeta): boolean =>
  !['ref', 'multi_ref', 'user', 'org_unit', 'file', 'json'].includes(kind)

export function LinesDiff({
  line,
  before,
  after,
}: {
  readonly line: string
  readonly before: Json
  readonly after: Json
}) {
  const meta = useMeta()
  const label = useLabel()
  const fields = entityOf(meta, line)?.fields ?? []
  const old = new Map(rows(before).map(row => [String(row.id), row]))
  const now = new Map(rows(after).map(row => [String(row.id), row]))
  /** By its first words. */
  const name = (row: Row) =>
    fields
      .filter(field => told.has(field.kind))
      .flatMap(field => (row[field.name] === null || row[field.name] === undefined ? [] : [String(row[field.name])]))
      .slice(0, 4)
      .join(' · ') || '—'
  const changed = (was: Row, row: Row) =>
    fields.filter(field => JSON.stringify(was[field.name] ?? null) !== JSON.stringify(row[field.name] ?? null))
  const ids = [...new Set([...old.keys(), ...now.keys()])]
  return (
    <ul className="yz-diff-lines">
      {ids.map(id => {
        const [was, row] = [old.get(id), now.get(id)]
        if (!was || !row) return <li key={id}>{row ? <ins>{name(row)}</ins> : was ? <del>{name(was)}</del> : null}</li>
        return (
          <li key={id}>
            {name(row)}
            <ul>
              {changed(was, row).map(field => (
                <li key={field.name}>
                  {label(field.label)}{' '}
                  {isPlain(field) && (
                    <>
                      <del>
                        <FieldValue field={field} value={was[field.name] ?? null} refs={{}} rich={false} />
                      </del>{' '}
                      →{' '}
                      <ins>
                        <FieldValue field={field} value={row[field.name] ?? null} refs={{}} rich={false} />
                      </ins>
                    </>
                  )}
                </li>
              ))}
            </ul>
          </li>
        )
      })}
    </ul>
  )
}
