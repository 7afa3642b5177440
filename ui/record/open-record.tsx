// A record that a page is about: waits for it, says why it cannot be shown and leads back to its list.
import type { EntityMeta, RecordJson } from '@yingzao/kernel/entity'
import { useRecord } from '@yingzao/platform/client/react'
import type { ReactNode } from 'react'
import { ListLink } from '../data/link.tsx'
import { Failed, Waiting } from '../shell/notice.tsx'
import { text } from '../shell/text.ts'
import { useText } from '../text/language.tsx'

interface Props {
  readonly entity: EntityMeta
  readonly id: string
  readonly children: (record: RecordJson) => ReactNode
}

export function OpenRecord({ entity, id, children }: Props) {
  const record = useRecord(entity.name, id)
  const t = useText(text)
  if (record.data) return children(record.data)
  if (!record.error) return <Waiting />
  return (
    <Failed
      error={record.error}
      retry={() => void record.refetch()}
      back={
        <ListLink entity={entity} className="yz-button">
          {t('toList')}
        </ListLink>
      }
    />
  )
}
