// 未清事项: papers in approval and lines of the bank without an entry, each a link to its list.
import { Link } from '@tanstack/react-router'
import type { RecordJson } from '@yingzao/kernel/entity'
import { useRead } from '@yingzao/platform/client/react'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { useLabel, useText } from '@yingzao/ui/text/language.tsx'
import type { StillOpen, Waits } from '../still-open-shape.ts'
import { text } from './text.ts'

export default function OpenTab({ record }: { readonly record: RecordJson }) {
  const t = useText(text)
  const found = useRead<Waits>('month_closing', record.id, 'waits')
  if (found.error) return <Failed error={found.error} retry={() => void found.refetch()} />
  if (!found.data) return <Waiting />
  const { month, open } = found.data
  if (open.length === 0) return <p className="yz-soft">{t('none', { month })}</p>
  return (
    <div className="yz-stack">
      <p>{t('some', { month })}</p>
      <ul className="yz-plain-list">
        {open.map(each => (
          <li key={each.entity}>
            <OpenLine of={each} />
          </li>
        ))}
      </ul>
    </div>
  )
}

function OpenLine({ of: { entity: name, label: words, count, filter } }: { readonly of: StillOpen }) {
  const label = useLabel()
  const entity = entityOf(useMeta(), name)
  const line = (
    <>
      {label(words)} <b className="yz-figure">{count}</b>
    </>
  )
  if (!entity?.can.includes('read')) return line
  return (
    <Link to="/$module/$name" params={{ module: entity.module, name }} search={{ filter }} className="yz-link">
      {line}
    </Link>
  )
}
