// The generic board over work items: the lanes in which work stands, with the team's limits.
import type { RecordJson } from '@yingzao/kernel/entity'
import { useAggregate } from '@yingzao/platform/client/react'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { anyField } from '@yingzao/ui/field/system'
import { Waiting } from '@yingzao/ui/shell/notice.tsx'
import { useText } from '@yingzao/ui/text/language.tsx'
import Board from '@yingzao/ui/view/board.tsx'
import { type ReactNode, useMemo } from 'react'
import { text } from './text.ts'

const lanes = ['ready', 'doing', 'review', 'done'] as const
const limited = ['ready', 'doing', 'review'] as const
/** What a card tells; of these what has no value is left out. */
const facts = ['estimate', 'assignee', 'parent', 'blocked_reason'].map(name => ({ name }))

interface Props {
  readonly project: string
  readonly board: RecordJson | undefined
  readonly sprint: string | null
  readonly mine?: boolean
  readonly empty: ReactNode
}

export function WorkBoard({ project, board, sprint, mine = false, empty }: Props) {
  const t = useText(text)
  const meta = useMeta()
  const entity = entityOf(meta, 'work_item')
  const me = meta.me.id
  const query = useMemo(
    () => ({
      filter: {
        project: { eq: project },
        kind: { ne: 'epic' },
        ...(sprint === null ? {} : { sprint: { eq: sprint } }),
        ...(mine ? { assignee: { eq: me } } : {}),
      },
      fields: ['title', 'kind', 'stage', ...facts.map(each => each.name)],
      sort: ['rank'],
    }),
    [project, sprint, mine, me],
  )
  // A limit is the team's, whatever part of the board is shown.
  const counts = useAggregate('work_item', {
    filter: { project: { eq: project }, kind: { ne: 'epic' }, stage: { in: [...limited] } },
    by: ['stage'],
    measures: [{ fn: 'count' }],
  })
  const limits = useMemo(
    () =>
      Object.fromEntries(
        limited.flatMap(stage => {
          const limit = board?.[`${stage}_limit`]
          if (typeof limit !== 'number') return []
          const row = counts.data?.find(each => each.key[0] === stage)
          return [[stage, { limit, count: Number(row?.values[0] ?? 0) }]]
        }),
      ),
    [board, counts.data],
  )
  const by = entity && anyField(entity, 'stage')
  if (!entity || !by) return <Waiting />
  return (
    <>
      <Board
        entity={entity}
        columns={facts}
        query={query}
        by={by}
        onCreate={undefined}
        only={lanes}
        limits={limits}
        empty={empty}
      />
      <p className="yz-faint yz-agile-keys">{t('boardKeys')}</p>
    </>
  )
}
