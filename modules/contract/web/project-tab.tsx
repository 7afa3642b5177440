// The contracts of a project on its page, with their figures and sums.

import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { EntityMeta, RecordJson } from '@yingzao/kernel/entity'
import { useClient } from '@yingzao/platform/client/react'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { useText } from '@yingzao/ui/text/language.tsx'
import type { Register } from '../figures-shape.ts'
import { RegisterTable } from './register-table.tsx'
import { text } from './text.ts'

export default function ProjectTab({ record }: { readonly entity: EntityMeta; readonly record: RecordJson }) {
  const t = useText(text)
  const client = useClient()
  const meta = useMeta()
  const entity = entityOf(meta, 'contract')
  const found = useQuery({
    queryKey: ['contract.register', record.id],
    queryFn: () => client.perform<Register>('contract.register', { project: record.id }),
  })
  if (found.error) return <Failed error={found.error} retry={() => void found.refetch()} />
  if (!found.data) return <Waiting />
  return (
    <div className="yz-stack">
      <div className="yz-flex">
        {entity?.can.includes('create') && (
          <Link
            to="/$module/$name/$id"
            params={{ module: entity.module, name: entity.name, id: 'new' }}
            search={{ given: { project: record.id } }}
            className="yz-button"
          >
            {t('newContract')}
          </Link>
        )}
        <span className="yz-soft">{t('gross')}</span>
      </div>
      {found.data.rows.length === 0 ? (
        <p className="yz-soft">{t('none')}</p>
      ) : (
        <RegisterTable of={found.data} projects={false} />
      )}
    </div>
  )
}
