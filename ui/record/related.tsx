// Records that refer to this one, by entity: how many, the newest few, and the way to all of them.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { EntityMeta, FieldMeta, RecordJson } from '@yingzao/kernel/entity'
import { keys, useClient } from '@yingzao/platform/client/react'
import { RecordLink } from '../data/link.tsx'
import { targetOf, titleOf, useMeta } from '../data/meta.ts'
import { useFormats, useLabel, useText } from '../text/language.tsx'
import { text } from './text.ts'

const few = 5

export function Related({ entity, record }: { entity: EntityMeta; record: RecordJson }) {
  const meta = useMeta()
  const t = useText(text)
  const relations = meta.entities
    .filter(other => other.kind !== 'line' && !other.internal && other.can.includes('read'))
    .flatMap(other =>
      other.fields
        .filter(field => field.kind !== 'multi_ref' && targetOf(field) === entity.name && field.right !== 'masked')
        .map(field => ({ other, field })),
    )
  if (relations.length === 0) return <p className="yz-faint">{t('noRelated')}</p>
  return (
    <div className="yz-stack">
      {relations.map(({ other, field }) => (
        <Relation key={`${other.name}.${field.name}`} other={other} field={field} id={record.id} />
      ))}
    </div>
  )
}

function Relation({ other, field, id }: { other: EntityMeta; field: FieldMeta; id: string }) {
  const t = useText(text)
  const label = useLabel()
  const formats = useFormats()
  const client = useClient()
  const filter = { [field.name]: { eq: id } }
  const found = useQuery({
    queryKey: [...keys.lists(other.name), 'related', field.name, id],
    queryFn: ({ signal }) =>
      client
        .entity(other.name)
        .list({ filter, fields: [other.title], sort: ['-created_at'], limit: few, count: true }, signal),
  })
  const count = found.data?.count
  if (!found.data || found.data.items.length === 0) return null
  return (
    <section>
      <div className="yz-flex">
        <h3 className="yz-grow">
          {label(other.label)} <span className="yz-faint">{label(field.label)}</span>{' '}
          <span className="yz-faint yz-figure">
            {count ? `${formats.integer(count.value)}${count.more ? '+' : ''}` : ''}
          </span>
        </h3>
        <Link
          to="/$module/$name"
          params={{ module: other.module, name: other.name }}
          search={{ filter: { [field.name]: { in: [id] } } }}
          className="yz-link"
        >
          {t('openAll')}
        </Link>
      </div>
      <ul>
        {found.data.items.map(item => (
          <li key={item.id} className="yz-clip">
            <RecordLink entity={other} id={item.id}>
              {titleOf(other, item, found.data.refs)}
            </RecordLink>
          </li>
        ))}
      </ul>
    </section>
  )
}
