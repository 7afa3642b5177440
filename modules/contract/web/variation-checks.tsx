// What is unusual about a variation, beside its fields.
import { useQuery } from '@tanstack/react-query'
import type { EntityMeta, RecordJson } from '@yingzao/kernel/entity'
import { useClient } from '@yingzao/platform/client/react'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { useText } from '@yingzao/ui/text/language.tsx'
import type { VariationConcern } from '../figures-shape.ts'
import { Concerns } from './concerns.tsx'
import { text } from './text.ts'

export default function VariationChecks({ record }: { readonly entity: EntityMeta; readonly record: RecordJson }) {
  const t = useText(text)
  const client = useClient()
  const found = useQuery({
    queryKey: ['variation.concerns', record.id, record.version],
    queryFn: () =>
      client.transport.call<{ concerns: readonly VariationConcern[] }>('GET', `/variation/${record.id}/concerns`),
  })
  if (found.error) return <Failed error={found.error} retry={() => void found.refetch()} />
  if (!found.data) return <Waiting />
  if (found.data.concerns.length === 0) return <p className="yz-soft">{t('noConcerns')}</p>
  return <Concerns of={found.data.concerns} />
}
